#include "plugins/source_embedded/source_embedded_plugin.h"

#include "runtime/embedded/program.h"
#include "runtime/lessons/lessons.h"

namespace exitwave::source_embedded {

namespace {

const std::string idPrefix = "lesson:";

} // namespace

std::vector<plugins::SourceOffer> SourceEmbeddedPlugin::offers()
{
    std::vector<plugins::SourceOffer> offers;
    for (const lessons::Lesson& lesson : lessons::lessons())
        offers.push_back({idPrefix + std::string(lesson.name),
                          std::string(lesson.title),
                          std::string(lesson.summary),
                          "Lessons",
                          plugins::OfferKind::Program});
    return offers;
}

bool SourceEmbeddedPlugin::accepts(const std::string& offerId) const
{
    return offerId.compare(0, idPrefix.size(), idPrefix) == 0;
}

base::Result<std::unique_ptr<trace::EventSource>>
SourceEmbeddedPlugin::open(const std::string& offerId, const plugins::SourceOptions& options)
{
    embedded::LessonOptions lesson;
    if (options.seed != 0)
        lesson.seed = options.seed;
    lesson.delayNs = options.hopDelayNs;
    lesson.printOutput = false;
    // An unknown lesson is refused there, with the names of the known ones.
    return embedded::openLesson(accepts(offerId) ? offerId.substr(idPrefix.size()) : offerId,
                                lesson);
}

} // namespace exitwave::source_embedded
