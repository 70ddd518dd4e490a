// Freeing the payloads of terms.
#include "runtime/term/box.h"
#include "runtime/term/term.h"

#include <memory>
#include <new>
#include <vector>

namespace exitwave::term {

namespace {

/// Payloads whose last reference is gone, still to be taken apart. A list of any length and a
/// nest of any depth is freed in a loop, never by recursion.
class Demolition
{
public:
    void add(Term& term)
    {
        if (!TermAccess::isBoxed(term))
            return;
        const TermKind kind = term.kind();
        if (impl::Box* box = TermAccess::takeLast(term))
            m_pending.push_back({kind, box});
    }

    void run(TermKind kind, impl::Box* box)
    {
        takeApart(kind, box);
        while (!m_pending.empty()) {
            const Item item = m_pending.back();
            m_pending.pop_back();
            takeApart(item.kind, item.box);
        }
    }

private:
    struct Item
    {
        TermKind kind;
        impl::Box* box;
    };

    void takeApart(TermKind kind, impl::Box* box)
    {
        switch (kind) {
        case TermKind::Function:
            delete static_cast<impl::FunctionBox*>(box);
            return;
        case TermKind::Binary:
            std::destroy_at(static_cast<impl::BinaryBox*>(box));
            break;
        case TermKind::Tuple: {
            auto* tuple = static_cast<impl::TupleBox*>(box);
            for (std::size_t i = 0; i < tuple->size; ++i)
                add(tuple->data()[i]); // what stays behind is an immediate: nothing to destroy
            std::destroy_at(tuple);
            break;
        }
        case TermKind::Cons: {
            auto* cons = static_cast<impl::ConsBox*>(box);
            add(cons->head);
            add(cons->tail);
            std::destroy_at(cons);
            break;
        }
        case TermKind::Map: {
            auto* map = static_cast<impl::MapBox*>(box);
            for (std::size_t i = 0; i < map->size; ++i) {
                add(map->data()[i].key);
                add(map->data()[i].value);
            }
            std::destroy_at(map);
            break;
        }
        default:
            EXITWAVE_CHECK(false); // immediates have no payload
            return;
        }
        ::operator delete(static_cast<void*>(box));
    }

    std::vector<Item> m_pending;
};

} // namespace

void Term::destroy() noexcept
{
    Demolition().run(m_kind, box());
}

} // namespace exitwave::term
