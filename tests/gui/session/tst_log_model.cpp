// Tests of LogModel, LogSink and RecentFiles.
#include "gui/session/log_model.h"
#include "gui/session/recent_files.h"

#include <QAbstractItemModelTester>
#include <QFileInfo>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <spdlog/logger.h>

#include <thread>

using namespace exitwave::session;

class TestLogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesOfAllThreadsArriveInTheModel()
    {
        LogModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        spdlog::logger logger("node", model.sink());
        logger.info("begins");
        QTRY_COMPARE(model.rowCount(), 1);
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&logger] {
                for (int line = 0; line < 500; ++line)
                    logger.warn("line {}", line);
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QTRY_COMPARE(model.rowCount(), 2001);
        QCOMPARE(model.index(0, LogModel::TextColumn).data().toString(), QStringLiteral("begins"));
        QCOMPARE(model.index(0, LogModel::SourceColumn).data().toString(), QStringLiteral("node"));
        QCOMPARE(model.index(0, LogModel::LevelColumn).data().toString(), QStringLiteral("info"));
        QCOMPARE(model.index(1, LogModel::LevelColumn).data(LogModel::LevelRole).toInt(),
                 int{spdlog::level::warn});
        QCOMPARE(model.dropped(), std::uint64_t{0});
    }
    void whatDoesNotFitIsCounted()
    {
        LogModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        spdlog::logger logger("flood", model.sink());
        QSignalSpy dropped(&model, &LogModel::droppedChanged);
        for (int line = 0; line < 10'500; ++line) // nobody takes them meanwhile
            logger.info("{}", line);
        QTRY_COMPARE(model.rowCount(), 10'000);
        QCOMPARE(model.dropped(), std::uint64_t{500});
        for (int line = 0; line < 30; ++line)
            logger.info("late {}", line);
        QTRY_COMPARE(model.dropped(), std::uint64_t{530}); // the oldest left
        QCOMPARE(model.rowCount(), 10'000);
        QCOMPARE(model.index(9'999, LogModel::TextColumn).data().toString(),
                 QStringLiteral("late 29"));
        QCOMPARE(model.index(0, LogModel::TextColumn).data().toString(), QStringLiteral("30"));
        QCOMPARE(dropped.count(), 2);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
    void theSinkOutlivesTheModel()
    {
        auto model = std::make_unique<LogModel>();
        spdlog::logger logger("late", model->sink());
        model.reset();
        logger.error("nobody shows this");
        QCoreApplication::processEvents();
    }
    void recentFilesAreRememberedNewestFirst()
    {
        const QTemporaryDir folder;
        const QString ini = folder.filePath(QStringLiteral("settings.ini"));
        const auto path = [&](int number) {
            return folder.filePath(QStringLiteral("trace-%1.ewt").arg(number));
        };
        {
            QSettings settings(ini, QSettings::IniFormat);
            RecentFiles recent(settings);
            QSignalSpy changed(&recent, &RecentFiles::changed);
            for (int number = 0; number < 12; ++number)
                recent.add(path(number));
            recent.add(path(5));
            recent.add(path(5));
            recent.remove(path(11));
            QCOMPARE(changed.count(), 14);
        }
        QSettings settings(ini, QSettings::IniFormat);
        RecentFiles recent(settings);
        QCOMPARE(recent.paths().size(), 9);
        QCOMPARE(recent.paths()[0], QFileInfo(path(5)).absoluteFilePath());
        QCOMPARE(recent.paths()[1], QFileInfo(path(10)).absoluteFilePath());
        recent.clear();
        QVERIFY(recent.paths().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLogModel)
#include "tst_log_model.moc"
