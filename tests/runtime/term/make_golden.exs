# Writes the expected texts and orders of terms as Elixir and Erlang themselves produce them:
#   elixir tests/runtime/term/make_golden.exs print SEED COUNT > print.golden.jsonl
#   elixir tests/runtime/term/make_golden.exs order SEED COUNT > order.golden.jsonl
#   elixir tests/runtime/term/make_golden.exs errors > errors.golden.jsonl
# Terms are in hexadecimal digits of the encoding that runtime/term/README.md describes.
#   print   a term, and what inspect, IO.inspect, ~tp and ~tw make of it
#   order   a term; those with a smaller rank are smaller (<), those with the same rank are equal
#           (==), those with the same identity are the same (===)
#   errors  the value and the stack of an error, what Exception.format and format_exit make of it
# The tests read what is stored here; other seeds make other terms, for a look beyond that.
defmodule Wire do
  import Bitwise

  def varint(n) when n < 128, do: <<n>>
  def varint(n), do: <<(n &&& 127) ||| 128>> <> varint(n >>> 7)
  defp zigzag(n) when n >= 0, do: 2 * n
  defp zigzag(n), do: -2 * n - 1
  defp text(s), do: varint(byte_size(s)) <> s
  defp atom(a), do: <<6>> <> text(Atom.to_string(a))

  def encode(n) when is_integer(n), do: <<1>> <> varint(zigzag(n))
  def encode(f) when is_float(f), do: <<2, f::little-float-64>>

  def encode(p) when is_pid(p) do
    [0, index, serial] =
      p |> :erlang.pid_to_list() |> to_string() |> String.trim("<") |> String.trim(">")
      |> String.split(".") |> Enum.map(&String.to_integer/1)

    <<3>> <> varint(index) <> varint(serial)
  end

  def encode([]), do: <<5>>
  def encode(a) when is_atom(a), do: atom(a)
  def encode(b) when is_binary(b), do: <<7>> <> text(b)

  def encode(t) when is_tuple(t),
    do: <<8>> <> varint(tuple_size(t)) <> many(Tuple.to_list(t))

  def encode(l) when is_list(l) do
    case cells(l, []) do
      {cells, []} -> <<9>> <> varint(length(cells)) <> many(cells)
      {cells, tail} -> <<10>> <> varint(length(cells)) <> many(cells) <> encode(tail)
    end
  end

  def encode(m) when is_map(m),
    do: <<11>> <> varint(map_size(m)) <> many(Enum.flat_map(:maps.to_list(m), &Tuple.to_list/1))

  def encode(f) when is_function(f) do
    info = Function.info(f)
    head = atom(info[:module]) <> atom(info[:name]) <> varint(info[:arity])

    if info[:type] == :external,
      do: <<13>> <> head,
      else: <<12>> <> head <> varint(info[:new_index]) <> varint(info[:uniq]) <> text("")
  end

  defp cells([h | t], acc), do: cells(t, [h | acc])
  defp cells(tail, acc), do: {Enum.reverse(acc), tail}
  defp many(terms), do: Enum.map_join(terms, &encode/1)
end

defmodule Random do
  def int(n), do: :rand.uniform(n + 1) - 1
  def pick(list), do: Enum.at(list, int(length(list) - 1))

  @atoms [:ok, :error, :normal, nil, true, false, :"foo bar", :+, :"hello-world", Foo, Foo.Bar, :Foo,
          :_x, :a?, :"żółć", :EXIT, :"", :%{}, :.., :foo@bar, :"with\"quote", :and, :"Elixir.foo",
          :"it's", :do, :a1, :"::", :when, :"a\nb", :"Ä"]
  @keys [:a, :b, :name, :value, :"x y", :message, :long_key_name, :+]
  @floats [0.0, 1.0, -1.5, 0.1, 1.0e10, 1.0e-5, 123456.789, 1.0e22, 1.0e16, 123.0e15, 1.0e100,
           5.0e-324, 0.001, 1.2e-4, 9007199254740993.0, -2.5e-8, 100000.0, 1234567890123456.7]
  @strings ["", "hello", "oops", "with \"quotes\"", "line\nbreak", "żółć ✓", "\#{x}", "tab\t", "a\0b",
            "日本語", "\e[0m", "back\\slash", "it's", "\x7F", "ÿ", "e\u0301",
            "a somewhat longer string that takes a good part of the line"]
  @binaries [<<0>>, <<255, 254>>, <<1, 2, 3, 255>>, <<200>>, <<"abc", 128>>]

  def leaf do
    case int(11) do
      0 -> pick(@atoms)
      1 -> int(1000) - 500
      2 -> int(9_223_372_036_854_775_807 - 1)
      3 -> -int(1_000_000_000_000)
      4 -> pick(@floats)
      5 -> (:rand.uniform() - 0.5) * :math.pow(10, int(40) - 20)
      6 -> pick(@strings)
      7 -> pick(@binaries)
      8 -> bytes(int(60))
      9 -> :erlang.list_to_pid('<0.#{int(300)}.#{int(3)}>')
      10 -> pick([&Enum.map/2, &:erlang.+/2, &:lists.map/2, &String.trim/1])
      11 -> pick(@atoms)
    end
  end

  def bytes(n), do: for(_ <- 1..max(n, 1), into: "", do: <<int(255)>>)

  def term(0), do: leaf()

  def term(depth) do
    case int(13) do
      0 -> List.to_tuple(many(depth))
      1 -> List.to_tuple([pick(@atoms) | many(depth)])
      2 -> many(depth)
      3 -> for _ <- 1..(1 + int(4)), do: {pick(@keys), term(depth - 1)}
      4 -> Map.new(for _ <- 1..(1 + int(4)), do: {pick(@keys), term(depth - 1)})
      5 -> Map.new(for _ <- 1..(1 + int(3)), do: {term(0), term(depth - 1)})
      6 -> for _ <- 1..(1 + int(30)), do: int(100_000)
      7 -> for _ <- 1..(1 + int(30)), do: 32 + int(94)
      8 -> many(depth) ++ term(0)
      9 -> %RuntimeError{message: term(depth - 1)}
      10 -> pick([%ArgumentError{message: "bad"}, %KeyError{key: term(depth - 1), term: %{a: 1}}, 1..5,
              MapSet.new([3, 1, 2]), %ErlangError{original: term(depth - 1)}, 1..9//2, %{}, {}, [], MapSet.new()])
      11 -> exit_message(term(depth - 1))
      12 -> for _ <- 1..(1 + int(60)), do: leaf()
      13 -> leaf()
    end
  end

  def many(depth), do: for(_ <- 1..(1 + int(4)), do: term(depth - 1))

  def exit_message(value) do
    {:EXIT, :erlang.list_to_pid('<0.#{int(300)}.0>'),
     {value,
      [
        {:elixir_compiler_0, :"-__FILE__/1-fun-#{int(40)}-", 0,
         [file: 'ex3_trap_exit.exs', line: int(99), error_info: %{module: Exception}]},
        {:erl_eval, :do_apply, 7, [file: 'erl_eval.erl', line: 742]}
      ]}}
  end
end

defmodule Golden do
  def json(s) do
    escaped = for <<c::utf8 <- s>>, into: "" do
      case c do
        ?" -> "\\\""
        ?\\ -> "\\\\"
        c when c < 32 or c == 127 -> "\\u" <> String.pad_leading(Integer.to_string(c, 16), 4, "0")
        c -> <<c::utf8>>
      end
    end

    "\"" <> escaped <> "\""
  end

  def hex(t), do: Base.encode16(Wire.encode(t), case: :lower)
  def erlang(format, t), do: :io_lib.format(format, [t]) |> IO.chardata_to_string()

  def io_inspect(t) do
    opts = Inspect.Opts.new(width: 80)
    Inspect.Algebra.to_doc(t, opts) |> Inspect.Algebra.group() |> Inspect.Algebra.format(80)
    |> IO.iodata_to_binary()
  end

  # The words that differ between runs of Erlang, and characters that UTF-8 cannot carry.
  def usable?(t) do
    texts = [inspect(t), io_inspect(t), erlang("~tp", t), erlang("~tw", t)]
    Enum.all?(texts, &String.valid?/1) and Enum.all?(texts, &(byte_size(&1) < 900))
  rescue
    _ -> false
  end

  def print(t) do
    IO.puts(
      ~s({"term":"#{hex(t)}","line":#{json(inspect(t))},"inspect":#{json(io_inspect(t))},) <>
        ~s("p":#{json(erlang("~tp", t))},"w":#{json(erlang("~tw", t))}})
    )
  end

  # The stored ranks must hold for every pair, or they would not describe an order.
  def order(terms) do
    ranked =
      terms |> Enum.uniq() |> Enum.sort() |> rank(nil, -1, [])

    for {a, i} <- ranked, {b, j} <- ranked, do: true = a < b == i < j and a == b == (i == j)

    for {{t, rank}, identity} <- Enum.with_index(ranked),
        do: IO.puts(~s({"term":"#{hex(t)}","rank":#{rank},"identity":#{identity}}))
  end

  defp rank([t | rest], last, n, acc) do
    n = if n >= 0 and t == last, do: n, else: n + 1
    rank(rest, t, n, [{t, n} | acc])
  end

  defp rank([], _, _, acc), do: Enum.reverse(acc)

  def error(value, stack) do
    IO.puts(
      ~s({"value":"#{hex(value)}","stack":"#{hex(stack)}",) <>
        ~s("error":#{json(Exception.format(:error, value, stack))},) <>
        ~s("exit":#{json(Exception.format_exit({value, stack}))}})
    )
  end

  def exit(reason),
    do: IO.puts(~s({"reason":"#{hex(reason)}","exit":#{json(Exception.format_exit(reason))}}))
end

defmodule Errors do
  @frame {:elixir_compiler_0, :"-__FILE__/1-fun-0-", 0, [file: 'a.exs', line: 4]}

  def stacks do
    [
      [@frame],
      [{:erl_eval, :do_apply, 7, [file: 'erl_eval.erl', line: 742, error_info: %{module: Exception}]}],
      [{NoSuch, :f, [1, "a"], []}, @frame],
      [{Foo.Bar, :"a b", 2, [file: 'lib/foo.ex', line: 0]}, {Enum, :map, 2, [file: 'lib/enum.ex', line: 9]}],
      [{:gen_server, :try_dispatch, 4, [file: 'gen_server.erl', line: 1123]},
       {Foo, :"-f/2-fun-3-", [:x], []}, {Foo, :__MODULE__, 0, [file: 'x', line: 1]},
       {Foo, :__FILE__, 1, [file: 'x', line: 1]}, {Foo, :__MODULE__, 1, [file: 'x', line: 2]}]
    ]
  end

  def values do
    [
      %RuntimeError{message: "oops"}, %RuntimeError{message: "line one\nline two"},
      %RuntimeError{message: ""}, %ArgumentError{message: "bad thing"},
      :badarg, :badarith, :boom, :undef, :function_clause, :cond_clause, :system_limit, :noproc, :normal,
      {:nocatch, :ball}, {:badmatch, {:error, 1}}, {:case_clause, "x"}, {:with_clause, 1}, {:try_clause, []},
      {:badfun, 3}, {:badmap, [a: 1]}, {:badkey, :b}, {:badkey, :b, %{a: 1}}, {:badarg, {:x, 1}},
      {:badstruct, Foo, 1}, {:badbool, :and, 0}, {:badarity, {&Enum.map/2, []}}, {:badarity, {&Enum.map/2, [1]}},
      {:badarity, {&Enum.map/2, [1, :a, "b"]}}, "text", 42, {:a, :b, :c}, %{a: 1},
      %KeyError{key: :a, term: nil}, %MatchError{term: 1}, %ErlangError{original: :x},
      %UndefinedFunctionError{module: Foo, function: :f, arity: 1}
    ]
  end

  # Each is a call of a built-in function that refuses its arguments.
  def calls do
    pid = :erlang.list_to_pid('<0.99.0>')
    plain = fn value, f, args -> {value, f, args, %{module: :erl_erts_errors}} end
    caused = fn f, args, cause -> {:badarg, f, args, %{cause: cause, module: :erl_erts_errors}} end

    [
      plain.(:badarg, :send, [:nosuch_name, :hi]), plain.(:badarg, :send, [{1}, 1]),
      plain.(:noproc, :link, [pid]), plain.(:badarg, :link, [:a]), plain.(:badarg, :unlink, [1]),
      plain.(:badarg, :exit, [:a, :x]), caused.(:register, [:foo, pid], :notalive),
      caused.(:register, [:init, self()], :none), caused.(:register, [:a2, self()], :registered_name),
      caused.(:register, [:undefined, self()], :none), caused.(:register, [:a, :b], :none),
      caused.(:register, [1, pid], :none), plain.(:badarg, :unregister, [:nosuch]), plain.(:badarg, :whereis, [1]),
      caused.(:monitor, [:foo, pid], :badtype), plain.(:badarg, :monitor, [:process, 1]),
      plain.(:badarg, :demonitor, [1]), plain.(:badarg, :is_process_alive, [1]),
      plain.(:badarg, :process_flag, [:trap_exit, 1]), caused.(:process_flag, [:foo, 1], :badopt),
      plain.(:badarg, :process_info, [1]), plain.(:badarg, :process_info, [:a, :links]),
      plain.(:badarg, :spawn, [1]), plain.(:badarg, :spawn_link, [1]), plain.(:badarg, :spawn_monitor, [1]),
      caused.(:send_after, [-1, pid, 1], :time), plain.(:badarg, :send_after, [1, 2, 1]),
      plain.(:badarg, :cancel_timer, [1]), plain.(:badarg, :hd, [[]])
    ]
  end

  def exits do
    start = &{:shutdown, {:failed_to_start_child, Foo, &1}}

    [
      :normal, :shutdown, :killed, :kill, :boom, :noproc, :noconnection, :timeout, :calling_self, "text", 1,
      {:shutdown, :bye}, {:nodedown, :a@b}, {:bad_return_value, 1}, {:bad_call, :x}, {:bad_cast, "y"},
      {:already_started, :erlang.list_to_pid('<0.5.0>')}, start.({:EXIT, {:badarg, [@frame]}}), start.(:boom),
      start.(start.({:timeout, {GenServer, :call, [:a, 5000]}})), {:timeout, {GenServer, :call, [:a, :b, 5000]}},
      {:noproc, {GenServer, :call, []}}, {{:nocatch, 1}, []}, {:EXIT, :killed}, {:a, [1, 2]},
      {:a, [@frame | :x]}, {:a, {:b, :c, 1}}, {:a, {:b, :c, [1 | 2]}}, {{:badmatch, 1}, {M, :f, [@frame]}},
      {{:shutdown, :x}, {GenServer, :stop, [:a]}}, {:a, [{:m, :f, 1, [file: 'x', line: 0]}]}
    ]
  end

  def print do
    for value <- values(), stack <- stacks(), do: Golden.error(value, stack)
    for value <- values(), do: Golden.error(value, [])

    for {value, f, args, info} <- calls(),
        do: Golden.error(value, [{:erlang, f, args, [error_info: info]}, @frame])

    Enum.each(exits(), &Golden.exit/1)
  end
end

[what | numbers] = System.argv()
[seed, count] = if numbers == [], do: [0, 0], else: Enum.map(numbers, &String.to_integer/1)
:rand.seed(:exsss, {seed, 2, 3})
:io.setopts(:standard_io, encoding: :unicode)

case what do
  "print" ->
    Stream.repeatedly(fn -> Random.term(Random.int(4)) end)
    |> Stream.filter(&Golden.usable?/1)
    |> Stream.take(count)
    |> Enum.each(&Golden.print/1)

  "order" ->
    big = [9_007_199_254_740_992, 9_007_199_254_740_993, 9_007_199_254_740_992.0, 9.223372036854775807e18,
           9_223_372_036_854_775_807, -9_223_372_036_854_775_808, -9.223372036854775808e18, 1, 1.0, 2, 1.5,
           -1, -1.0, 0, 0.0, -0.0, 1.0e300, -1.0e300, 9.2e18, 4.0e-300]
    special = big ++ [:a, :b, :ab, :"", nil, Foo, :"ż", [], [1], [1.0], [1, 2], [1 | 2], [1 | :a], "", "a", "ab", <<255>>,
       {}, {1}, {1.0}, {2}, {1, 2}, %{}, %{1 => 2}, %{1.0 => 2}, %{1 => 2.0}, %{1 => 3}, %{a: 1}, %{a: 1, b: 2}, %{2 => 0},
       %{1 => :a, 2.0 => :b}, %{1 => :a, 2 => :b}, %{1.0 => :a, 0 => :b}, self(), :erlang.list_to_pid('<0.1.2>'),
       :erlang.list_to_pid('<0.2.1>'), :erlang.list_to_pid('<0.3.1>'), &Enum.map/2, &Enum.map/3, &:lists.map/2]
    random = for _ <- 1..count, do: Random.term(Random.int(2))
    Golden.order(special ++ Enum.filter(random, &Golden.usable?/1))

  "errors" ->
    Errors.print()
end
