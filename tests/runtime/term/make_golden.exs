# Writes the expected texts and orders of terms as Elixir and Erlang themselves produce them:
#   elixir tests/runtime/term/make_golden.exs SEED COUNT print > print.golden.jsonl
#   elixir tests/runtime/term/make_golden.exs SEED COUNT order > order.golden.jsonl
# Each line of "print" holds a term, in hexadecimal digits of the encoding that
# runtime/term/README.md describes, and what inspect, IO.inspect, ~tp and ~tw make of it. Each line
# of "order" holds two terms and how they compare. The tests read both; other seeds make other
# terms, for a look beyond what is stored.
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
          :_x, :"a?", :"żółć", :EXIT, :"", :%{}, :.., :foo@bar, :"with\"quote", :and, :"Elixir.foo",
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
      8 -> :crypto.rand_seed_s() |> then(fn _ -> bytes(int(60)) end)
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
    Enum.all?(texts, &String.valid?/1) and Enum.all?(texts, &(byte_size(&1) < 3000))
  rescue
    _ -> false
  end

  def print(t) do
    IO.puts(
      ~s({"term":"#{hex(t)}","line":#{json(inspect(t))},"inspect":#{json(io_inspect(t))},) <>
        ~s("p":#{json(erlang("~tp", t))},"w":#{json(erlang("~tw", t))}})
    )
  end

  def order(a, b) do
    IO.puts(
      ~s({"a":"#{hex(a)}","b":"#{hex(b)}","less":#{a < b},"equal":#{a == b},"same":#{a === b}})
    )
  end
end

[seed, count, what] = System.argv()
:rand.seed(:exsss, {String.to_integer(seed), 2, 3})
:io.setopts(:standard_io, encoding: :unicode)

case what do
  "print" ->
    Stream.repeatedly(fn -> Random.term(Random.int(4)) end)
    |> Stream.filter(&Golden.usable?/1)
    |> Stream.take(String.to_integer(count))
    |> Enum.each(&Golden.print/1)

  "order" ->
    big = [9_007_199_254_740_992, 9_007_199_254_740_993, 9_007_199_254_740_992.0, 9.223372036854775807e18,
           9_223_372_036_854_775_807, -9_223_372_036_854_775_808, -9.223372036854775808e18, 1, 1.0, 2, 1.5,
           -1, -1.0, 0, 0.0, -0.0, 1.0e300, -1.0e300, 9.2e18, 4.0e-300]
    special = big ++ [:a, :b, :ab, :"", nil, Foo, :"ż", [], [1], [1.0], [1, 2], [1 | 2], [1 | :a], "", "a", "ab", <<255>>,
       {}, {1}, {1.0}, {2}, {1, 2}, %{}, %{1 => 2}, %{1.0 => 2}, %{1 => 2.0}, %{1 => 3}, %{a: 1}, %{a: 1, b: 2}, %{2 => 0},
       %{1 => :a, 2.0 => :b}, %{1 => :a, 2 => :b}, %{1.0 => :a, 0 => :b}, self(), :erlang.list_to_pid('<0.1.2>'),
       :erlang.list_to_pid('<0.2.1>'), :erlang.list_to_pid('<0.3.1>'), &Enum.map/2, &Enum.map/3, &:lists.map/2]
    for a <- special, b <- special, do: Golden.order(a, b)

    for _ <- 1..String.to_integer(count) do
      a = Random.term(Random.int(2))
      Golden.order(a, Random.pick([a, Random.term(Random.int(2))]))
    end
end
