# Finds what Exitwave is built with. Everything is a Debian 12 package; nothing is downloaded.
# What is missing is told by the name of its package.
#
# Targets for LIBRARIES of the functions in ExitwaveTargets.cmake:
#   Threads::Threads  spdlog::spdlog  PkgConfig::zstd  CLI11::CLI11  nlohmann_json::nlohmann_json
#   exitwave_asio  PkgConfig::imgui  rapidcheck (tests)  benchmark::benchmark (benchmarks)

# exitwave_need(<found> <what> <package>): stops with the package's name when <found> is false.
function(exitwave_need found what package)
  if(NOT ${found})
    message(FATAL_ERROR "${what} was not found. Install the Debian package ${package}: "
      "apt-get install ${package}\n"
      "(installers/packages.txt lists all of them, installers/quickstart.sh installs them.)")
  endif()
endfunction()

find_package(Threads REQUIRED)
find_package(PkgConfig QUIET)
exitwave_need(PkgConfig_FOUND "pkg-config" pkg-config)

find_package(spdlog QUIET)
exitwave_need(spdlog_FOUND "The logging library spdlog" libspdlog-dev)

pkg_check_modules(zstd QUIET IMPORTED_TARGET libzstd)
exitwave_need(zstd_FOUND "The compression library zstd" libzstd-dev)

find_package(CLI11 QUIET)
exitwave_need(CLI11_FOUND "The command line parser CLI11" libcli11-dev)

find_package(nlohmann_json QUIET)
exitwave_need(nlohmann_json_FOUND "The JSON library of Niels Lohmann" nlohmann-json3-dev)

find_path(EXITWAVE_ASIO_INCLUDE asio.hpp)
exitwave_need(EXITWAVE_ASIO_INCLUDE "The network library Asio" libasio-dev)
add_library(exitwave_asio INTERFACE)
target_include_directories(exitwave_asio SYSTEM INTERFACE ${EXITWAVE_ASIO_INCLUDE})
target_compile_definitions(exitwave_asio INTERFACE ASIO_STANDALONE ASIO_NO_DEPRECATED)
target_link_libraries(exitwave_asio INTERFACE Threads::Threads)

# The tests of runtime/ use Qt Test; runtime/ itself uses nothing of Qt.
set(qtParts)
if(EXITWAVE_BUILD_TESTS OR NOT EXITWAVE_RUNTIME_ONLY)
  list(APPEND qtParts Core Test)
endif()
if(NOT EXITWAVE_RUNTIME_ONLY)
  list(APPEND qtParts Gui Widgets OpenGL OpenGLWidgets Network Svg)
  pkg_check_modules(imgui QUIET IMPORTED_TARGET imgui)
  exitwave_need(imgui_FOUND "Dear ImGui" libimgui-dev)
endif()
foreach(part IN LISTS qtParts)
  find_package(Qt6 6.4 QUIET COMPONENTS ${part})
  set(package qt6-base-dev)
  if(part STREQUAL "Svg")
    set(package qt6-svg-dev)
  elseif(part MATCHES "^OpenGL")
    set(package libqt6opengl6-dev)
  endif()
  exitwave_need(Qt6${part}_FOUND "Qt ${part} 6.4 or newer" ${package})
endforeach()

if(EXITWAVE_BUILD_TESTS)
  find_package(rapidcheck QUIET)
  exitwave_need(rapidcheck_FOUND "The property test library RapidCheck" librapidcheck-dev)
endif()
if(EXITWAVE_BUILD_BENCHMARKS)
  find_package(benchmark QUIET)
  exitwave_need(benchmark_FOUND "Google Benchmark" libbenchmark-dev)
endif()
