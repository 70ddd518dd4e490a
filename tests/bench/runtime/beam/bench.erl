%% The same workloads on the BEAM: erl -s bench main W1 1000000. Prints one JSON line.
-module(bench).
-export([main/1, nothing/0, crasher/0, idle/0, pong/0]).

main([Workload, Count]) ->
    N = list_to_integer(atom_to_list(Count)),
    Before = erlang:system_info(process_count),
    Cpu0 = cpu_seconds(),
    Wall0 = erlang:monotonic_time(nanosecond),
    run(Workload, N, Before),
    Wall = (erlang:monotonic_time(nanosecond) - Wall0) / 1.0e9,
    Cpu = cpu_seconds() - Cpu0,
    Operations = case Workload of 'W6' -> 2 * N; _ -> N end,
    io:format("{\"peer\":\"beam\",\"w\":\"~s\",\"n\":~b,\"workers\":~b,\"traced\":false,"
              "\"seconds\":~.6f,\"cpu\":~.6f,\"cpu_ns_per_op\":~.1f}~n",
              [Workload, N, erlang:system_info(schedulers_online), Wall, Cpu,
               Cpu * 1.0e9 / Operations]),
    halt(0).

%% User and system time of the whole emulator, in steps of 10 ms.
cpu_seconds() ->
    {ok, Stat} = file:read_file("/proc/self/stat"),
    [_, Rest] = binary:split(Stat, <<") ">>),
    Fields = binary:split(Rest, <<" ">>, [global]),
    Ticks = fun(I) -> binary_to_integer(lists:nth(I, Fields)) end,
    (Ticks(12) + Ticks(13)) / 100.0.

run('W1', N, Before) ->
    spawn_many(N),
    until_dead(Before);
run('W2', N, Before) ->
    spawn(fun() -> [spawn_link(?MODULE, idle, []) || _ <- lists:seq(1, N)], exit(boom) end),
    until_dead(Before);
run('W5', N, _) ->
    in_process(fun() -> process_flag(trap_exit, true), supervise(N) end);
run('W6', N, _) ->
    Pong = spawn(?MODULE, pong, []),
    in_process(fun() -> ping(Pong, N) end);
run('W8', N, _) ->
    Other = spawn(?MODULE, idle, []),
    in_process(fun() -> toggle(Other, N), is_process_alive(Other) end).

in_process(Fun) ->
    {_, Ref} = spawn_monitor(Fun),
    receive {'DOWN', Ref, process, _, normal} -> ok end.

until_dead(Before) ->
    case erlang:system_info(process_count) =< Before of
        true -> ok;
        false -> receive after 1 -> until_dead(Before) end
    end.

spawn_many(0) -> ok;
spawn_many(N) -> spawn(?MODULE, nothing, []), spawn_many(N - 1).

supervise(0) -> ok;
supervise(N) ->
    Child = spawn_link(?MODULE, crasher, []),
    receive {'EXIT', Child, _} -> supervise(N - 1) end.

ping(_, 0) -> ok;
ping(Pong, N) ->
    Pong ! {ping, self(), N},
    receive {pong, N} -> ping(Pong, N - 1) end.

toggle(_, 0) -> ok;
toggle(Other, N) -> link(Other), unlink(Other), toggle(Other, N - 1).

nothing() -> ok.
crasher() -> exit(boom).
idle() -> receive stop -> ok end.
pong() -> receive {ping, From, N} -> From ! {pong, N}, pong() end.
