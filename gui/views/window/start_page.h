// StartPage: what the window shows while no trace is open - lessons, running nodes, files.
#pragma once

#include "plugins/api/interfaces.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace exitwave::views {

/// Offers everything one can begin with in one click. Thread: GUI thread.
/// It shows what it is given and says what was chosen; it opens nothing itself.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    /// Programs to run and running nodes, each by their groups.
    void setOffers(const std::vector<plugins::SourceOffer>& offers);
    /// Paths of traces opened before, newest first.
    void setRecentFiles(const QStringList& paths);

Q_SIGNALS:
    void offerChosen(const QString& offerId);
    void openRequested();
    void fileChosen(const QString& path);
    /// The user asks to look again for running nodes.
    void refreshRequested();

private:
    void fill(QVBoxLayout* column, const std::vector<plugins::SourceOffer>& offers, bool nodes);

    QVBoxLayout* m_lessons = nullptr;
    QVBoxLayout* m_nodes = nullptr;
    QVBoxLayout* m_recent = nullptr;
};

} // namespace exitwave::views
