# The functions with which every folder of Exitwave describes itself in one call.
#
#   exitwave_library(<folder> FLOOR n SOURCES a.cpp ... HEADERS a.h ...
#                    [DEPENDS lib ...] [QT Core Widgets ...] [LIBRARIES external ...] [MOC])
#     A static library. <folder> is the path from the repository's root, as in runtime/term; its
#     last part names the library: target exitwave_term, alias Exitwave::term. A library without
#     SOURCES is header only. QT (and MOC, for QObjects in a library that names no QT) turns
#     moc on.
#   exitwave_executable(<name> FLOOR n SOURCES ... [DEPENDS ...] [QT ...] [LIBRARIES ...])
#     A program in build/<preset>/bin, installed into bin. It exports its symbols, so that
#     plugins share its atoms and tables and have none of their own.
#   exitwave_plugin(<name> JSON name.json SOURCES ... [DEPENDS ...] [QT ...] [LIBRARIES ...])
#     A Qt plugin on floor 6: <name>.so in build/<preset>/plugins, installed into
#     lib/exitwave/plugins. Target exitwave_<name>. JSON is the file named in Q_PLUGIN_METADATA.
#     A program finds its plugins in ../plugins or ../lib/exitwave/plugins, seen from itself.
#   exitwave_test(<folder>/tst_<unit> [SOURCES ...] [DEPENDS ...] [QT ...] [LIBRARIES ...]
#                 [PLUGINS name ...] [PROGRAMS name ...] [PLATFORM offscreen|xvfb]
#                 [TIMEOUT seconds])
#     One test program, tst_<unit>.cpp unless SOURCES says otherwise; target tst_<unit>, CTest
#     label <folder>. Qt Core and Test are always there. PLUGINS and PROGRAMS are built before
#     and found through the folders EXITWAVE_PLUGIN_DIR and EXITWAVE_BIN_DIR, which are defined
#     only then; EXITWAVE_SOURCE_DIR is the repository's root. All three are string literals.
#   exitwave_script_test(<folder>/<name> COMMAND ... [TIMEOUT seconds] [SERIAL])
#     A test that is a script. CTest label <folder>; exit code 77 means skipped.
#   exitwave_benchmark(<folder>/bench_<unit> [SOURCES ...] [DEPENDS ...] [LIBRARIES ...])
#     One Google Benchmark program in build/<preset>/bin/benchmarks.
#
# DEPENDS names libraries of Exitwave by their last part (base term trace). FLOOR is the floor of
# the library in the house: it may use lower floors only, and the configure step refuses anything
# else. SOURCES and HEADERS are listed by name.

set(EXITWAVE_PLUGIN_FLOOR 6)

# moc 6.4 cannot read the concepts of gcc 12's standard library. It needs nothing of these headers,
# so it is told that it has read them: the names are their include guards.
set(EXITWAVE_MOC_OPTIONS
  -D_GLIBCXX_CONCEPTS -D_COMPARE -D_GLIBCXX_RANGES -D_GLIBCXX_COROUTINE)

# Adds these subfolders of the current folder.
function(exitwave_add_folders)
  foreach(folder IN LISTS ARGN)
    add_subdirectory(${folder})
  endforeach()
endfunction()

# What all targets have in common: links, Qt, moc, and the note for exitwave_check_floors().
function(exitwave_finish_target target floor scope)
  cmake_parse_arguments(PARSE_ARGV 3 arg "MOC" "" "DEPENDS;QT;LIBRARIES")
  list(TRANSFORM arg_DEPENDS REPLACE "^Exitwave::" "")
  list(TRANSFORM arg_DEPENDS PREPEND "Exitwave::" OUTPUT_VARIABLE depends)
  list(TRANSFORM arg_QT PREPEND "Qt6::" OUTPUT_VARIABLE qt)
  target_link_libraries(${target} ${scope} exitwave_settings ${depends} ${qt} ${arg_LIBRARIES})
  if(arg_QT)
    target_link_libraries(${target} ${scope} exitwave_qt_settings)
  endif()
  if(arg_QT OR arg_MOC)
    set_target_properties(${target} PROPERTIES AUTOMOC ON AUTORCC ON
      AUTOMOC_MOC_OPTIONS "${EXITWAVE_MOC_OPTIONS}")
  endif()
  set_target_properties(${target} PROPERTIES
    EXITWAVE_FLOOR ${floor} EXITWAVE_DEPENDS "${arg_DEPENDS}")
  set_property(GLOBAL APPEND PROPERTY EXITWAVE_TARGETS ${target})
endfunction()

function(exitwave_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "MOC" "FLOOR" "SOURCES;HEADERS;DEPENDS;QT;LIBRARIES")
  exitwave_refuse_unknown(${folder} "${arg_UNPARSED_ARGUMENTS}")
  get_filename_component(name ${folder} NAME)
  set(target exitwave_${name})
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(Exitwave::${name} ALIAS ${target})
  target_sources(${target} ${scope} FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  # all_verify_interface_header_sets compiles each header on its own.
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  set(moc)
  if(arg_MOC)
    set(moc MOC)
  endif()
  exitwave_finish_target(${target} ${arg_FLOOR} ${scope} ${moc}
    DEPENDS ${arg_DEPENDS} QT ${arg_QT} LIBRARIES ${arg_LIBRARIES})
endfunction()

function(exitwave_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FLOOR" "SOURCES;DEPENDS;QT;LIBRARIES")
  exitwave_refuse_unknown(${name} "${arg_UNPARSED_ARGUMENTS}")
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES ENABLE_EXPORTS ON)
  exitwave_finish_target(${name} ${arg_FLOOR} PRIVATE
    DEPENDS ${arg_DEPENDS} QT ${arg_QT} LIBRARIES ${arg_LIBRARIES})
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()

function(exitwave_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "JSON" "SOURCES;DEPENDS;QT;LIBRARIES")
  exitwave_refuse_unknown(${name} "${arg_UNPARSED_ARGUMENTS}")
  set(target exitwave_${name})
  add_library(${target} MODULE ${arg_SOURCES} ${arg_JSON})
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/plugins)
  exitwave_finish_target(${target} ${EXITWAVE_PLUGIN_FLOOR} PRIVATE
    DEPENDS ${arg_DEPENDS} QT Core ${arg_QT} LIBRARIES ${arg_LIBRARIES})
  install(TARGETS ${target} LIBRARY DESTINATION lib/exitwave/plugins)
endfunction()

function(exitwave_test path)
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "" "PLATFORM;TIMEOUT" "SOURCES;DEPENDS;QT;LIBRARIES;PLUGINS;PROGRAMS")
  exitwave_refuse_unknown(${path} "${arg_UNPARSED_ARGUMENTS}")
  get_filename_component(name ${path} NAME)
  get_filename_component(folder ${path} DIRECTORY)
  if(NOT arg_SOURCES)
    set(arg_SOURCES ${name}.cpp)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin/tests/${folder})
  target_compile_definitions(${name} PRIVATE EXITWAVE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  exitwave_finish_target(${name} 99 PRIVATE
    DEPENDS ${arg_DEPENDS} QT Core Test ${arg_QT} LIBRARIES ${arg_LIBRARIES})
  if(arg_PROGRAMS)
    add_dependencies(${name} ${arg_PROGRAMS})
    target_compile_definitions(${name} PRIVATE EXITWAVE_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  endif()
  if(arg_PLUGINS)
    list(TRANSFORM arg_PLUGINS PREPEND "exitwave_" OUTPUT_VARIABLE plugins)
    add_dependencies(${name} ${plugins})
    target_compile_definitions(${name} PRIVATE EXITWAVE_PLUGIN_DIR="${PROJECT_BINARY_DIR}/plugins")
    set_target_properties(${name} PROPERTIES ENABLE_EXPORTS ON)
  endif()

  set(command ${name})
  set(environment)
  if(arg_PLATFORM STREQUAL "offscreen")
    set(environment QT_QPA_PLATFORM=offscreen)
  elseif(arg_PLATFORM STREQUAL "xvfb")
    set(command xvfb-run -a -s "-screen 0 1920x1200x24" $<TARGET_FILE:${name}>)
    set(environment QT_QPA_PLATFORM=xcb LIBGL_ALWAYS_SOFTWARE=1)
  elseif(arg_PLATFORM)
    message(FATAL_ERROR "${path}: PLATFORM is offscreen or xvfb, not ${arg_PLATFORM}")
  endif()
  add_test(NAME ${path} COMMAND ${command})
  set_tests_properties(${path} PROPERTIES
    LABELS ${folder} TIMEOUT ${arg_TIMEOUT} ENVIRONMENT "${environment}")
endfunction()

function(exitwave_script_test path)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SERIAL" "TIMEOUT" "COMMAND")
  exitwave_refuse_unknown(${path} "${arg_UNPARSED_ARGUMENTS}")
  get_filename_component(folder ${path} DIRECTORY)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_test(NAME ${path} COMMAND ${arg_COMMAND} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${path} PROPERTIES
    LABELS ${folder} TIMEOUT ${arg_TIMEOUT} SKIP_RETURN_CODE 77 RUN_SERIAL ${arg_SERIAL})
endfunction()

function(exitwave_benchmark path)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;LIBRARIES")
  exitwave_refuse_unknown(${path} "${arg_UNPARSED_ARGUMENTS}")
  if(NOT EXITWAVE_BUILD_BENCHMARKS)
    return()
  endif()
  get_filename_component(name ${path} NAME)
  if(NOT arg_SOURCES)
    set(arg_SOURCES ${name}.cpp)
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin/benchmarks)
  exitwave_finish_target(${name} 99 PRIVATE
    DEPENDS ${arg_DEPENDS} LIBRARIES benchmark::benchmark ${arg_LIBRARIES})
endfunction()

# A misspelt keyword would otherwise be silently ignored.
function(exitwave_refuse_unknown what unknown)
  if(unknown)
    message(FATAL_ERROR "${what}: not understood: ${unknown}")
  endif()
endfunction()

# Refuses a library that uses its own floor or a higher one. Called once all folders are known,
# because gui/ and plugins/ use each other's lower floors.
function(exitwave_check_floors)
  get_property(targets GLOBAL PROPERTY EXITWAVE_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(floor ${target} EXITWAVE_FLOOR)
    get_target_property(depends ${target} EXITWAVE_DEPENDS)
    foreach(name IN LISTS depends)
      if(NOT TARGET exitwave_${name})
        message(FATAL_ERROR "${target} depends on ${name}, which no folder describes.")
      endif()
      get_target_property(below exitwave_${name} EXITWAVE_FLOOR)
      if(below GREATER_EQUAL floor)
        message(FATAL_ERROR "${target} (floor ${floor}) must not depend on ${name} "
          "(floor ${below}): a library uses lower floors only.")
      endif()
    endforeach()
  endforeach()
endfunction()
