// Mutex, MutexLock, CondVar and the check macro.
#include "runtime/base/check.h"
#include "runtime/base/mutex.h"

#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

using namespace exitwave::base;

namespace {

class Account
{
public:
    void add(int amount)
    {
        {
            const MutexLock lock(m_mutex);
            m_sum += amount;
        }
        m_changed.notifyAll();
    }
    void waitFor(int sum)
    {
        const MutexLock lock(m_mutex);
        while (m_sum < sum)
            m_changed.wait(m_mutex);
    }
    bool waitBriefly()
    {
        const MutexLock lock(m_mutex);
        return m_changed.waitFor(m_mutex, std::chrono::milliseconds(5));
    }
    int sum()
    {
        const MutexLock lock(m_mutex);
        return m_sum;
    }

private:
    Mutex m_mutex;
    CondVar m_changed;
    int m_sum EXITWAVE_GUARDED_BY(m_mutex) = 0;
};

} // namespace

class MutexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsLockedIsNotTorn()
    {
        Account account;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&account] {
                for (int i = 0; i < 10'000; ++i)
                    account.add(1);
            });
        }
        account.waitFor(40'000);
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(account.sum(), 40'000);
    }

    void aWaitWithoutNewsEnds()
    {
        Account account;
        bool notified = true;
        for (int i = 0; i < 100 && notified; ++i) // a wait may wake for no reason, but not for ever
            notified = account.waitBriefly();
        QVERIFY(!notified);
    }

    void aLockedMutexCannotBeLockedByAnother()
    {
        Mutex mutex;
        bool gotIt = false;
        const auto tryIt = [&mutex, &gotIt] {
            gotIt = false;
            if (mutex.tryLock()) {
                gotIt = true;
                mutex.unlock();
            }
        };
        {
            const MutexLock lock(mutex);
            std::thread(tryIt).join();
            QVERIFY(!gotIt);
        }
        tryIt();
        QVERIFY(gotIt);
    }

    void aCheckThatHoldsIsTrue() { QVERIFY(EXITWAVE_CHECK(1 + 1 == 2)); }

    void aBrokenCheckAbortsInDebugAndIsFalseInRelease()
    {
        const pid_t child = fork();
        if (child == 0) {
            ::close(STDERR_FILENO); // the report is expected
            const bool held = EXITWAVE_CHECK(child != 0);
            ::_exit(held ? 1 : 42);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
#ifdef NDEBUG
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 42);
#else
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(WTERMSIG(status), SIGABRT);
#endif
    }
};

QTEST_GUILESS_MAIN(MutexTest)
#include "tst_mutex.moc"
