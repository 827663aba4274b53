import Testing

@testable import quant

@Suite("Argument parser") struct ArgumentParserTests {
  static let name = Option("name", "TEXT", .text, "a text")
  static let count = Option("count", "N", .integer(1...9), default: "3", "a number")
  static let ratio = Option("ratio", "X", .positive, "a ratio")
  static let loud = Option(flag: "loud", letter: "l", "loudly")
  static let table = CommandSet(
    name: "tool", summary: "a tool", examples: [],
    commands: [
      Command(
        "greet", "greet somebody", examples: [.init("tool greet you", "greet you")],
        positionals: [
          Positional("WHO", .text, "whom"),
          Positional("HOW", .choice(["hi", "hello"]), isOptional: true, "how"),
        ],
        required: [name], options: [count, ratio, loud]
      ) { _, _ in .success },
      Command("part", "part", examples: []) { _, _ in .success },
    ])

  private func parse(_ words: String...) throws(UsageError) -> Arguments {
    guard case .run(_, let arguments) = try ArgumentParser(table: Self.table).parse(words) else {
      throw .unexpectedArgument("help", command: "test")
    }
    return arguments
  }

  @Test("Both spellings of an option, flags, letters and places")
  func values() throws {
    let arguments = try parse("greet", "--name", "A", "--count=2", "you", "-l", "hello", "-q")
    #expect(arguments.text(Self.name) == "A")
    #expect(arguments.integer(Self.count) == 2)
    #expect(arguments.number(Self.ratio) == nil)
    #expect(arguments.has(Self.loud) && arguments.has(.quiet))
    #expect(arguments.positional(0) == "you")
    #expect(arguments.positional(1) == "hello")
    #expect(arguments.positional(2) == nil)
  }

  @Test("A value may be negative, hold an equals sign, or start with dashes after one")
  func unusualValues() throws {
    #expect(try parse("greet", "you", "--name", "-5").text(Self.name) == "-5")
    #expect(try parse("greet", "you", "--name=a=b").text(Self.name) == "a=b")
    #expect(try parse("greet", "you", "--name=--x").text(Self.name) == "--x")
    #expect(try parse("greet", "--name", "-", "you").text(Self.name) == "-")
  }

  @Test("After -- every word is an argument")
  func rest() throws {
    #expect(try parse("greet", "--name", "A", "--", "--loud").positional(0) == "--loud")
    #expect(throws: UsageError.unexpectedArgument("c", command: "tool part")) {
      try parse("part", "--", "c")
    }
  }

  @Test("Help and version")
  func help() throws {
    let parser = ArgumentParser(table: Self.table)
    for words in [[], ["--help"], ["-h"]] {
      guard case .help(nil) = try parser.parse(words) else { Issue.record("\(words)"); continue }
    }
    guard case .version = try parser.parse(["--version"]) else { Issue.record("version"); return }
    // Help wins over mistakes, but not after --.
    guard case .help(let command?) = try parser.parse(["greet", "--nme", "--help"]) else {
      Issue.record("greet --help")
      return
    }
    #expect(command.name == "greet")
    #expect(throws: UsageError.self) { try parser.parse(["part", "--", "--help"]) }
  }

  @Test(
    "Every mistake has its error",
    arguments: [
      (["gret"], "unknown command 'gret'; accepted: 'greet' (did you mean it?)"),
      (["zzzzzz"], "unknown command 'zzzzzz'; accepted: greet, part"),
      (
        ["--verson"],
        "unknown option '--verson' of 'tool'; accepted: '--version' (did you mean it?)"
      ),
      (
        ["greet", "--nmae", "A"],
        "unknown option '--nmae' of 'tool greet'; accepted: '--name' (did you mean it?)"
      ),
      (["greet", "--name"], "option '--name' of 'tool greet' needs a value: --name TEXT"),
      (["greet", "--name="], "option '--name' of 'tool greet' needs a value: --name TEXT"),
      (
        ["greet", "--name", "--loud"], "option '--name' of 'tool greet' needs a value: --name TEXT"
      ),
      (["greet", "--loud=yes"], "option '--loud' of 'tool greet' takes no value, found 'yes'"),
      (
        ["greet", "--name", "A", "--name=B"],
        "option '--name' of 'tool greet' is given twice; accepted: once"
      ),
      (
        ["greet", "-l", "--loud"], "option '--loud' of 'tool greet' is given twice; accepted: once"
      ),
      (["greet", "you"], "'tool greet' needs --name TEXT; see 'tool greet --help'"),
      (["greet", "--name", "A"], "'tool greet' needs WHO; see 'tool greet --help'"),
      (
        ["greet", "--name", "A", "a", "hi", "b"],
        "unexpected argument 'b' of 'tool greet'; see 'tool greet --help'"
      ),
      (
        ["greet", "--count", "10"],
        "option '--count' of 'tool greet' is '10'; accepted: a whole number from 1 to 9"
      ),
      (
        ["greet", "--ratio=nan"],
        "option '--ratio' of 'tool greet' is 'nan'; accepted: a number greater than 0"
      ),
      (
        ["greet", "--name", "A", "you", "helo"],
        "argument HOW of 'tool greet' is 'helo'; accepted: hi, hello; did you mean 'hello'?"
      ),
      (
        ["greet", "-x"],
        "unknown option '-x' of 'tool greet'; accepted: --name, --count, --ratio, --loud, --quiet, --help"
      ),
    ])
  func mistakes(words: [String], message: String) {
    do throws(UsageError) {
      _ = try ArgumentParser(table: Self.table).parse(words)
      Issue.record("\(words) was accepted")
    } catch {
      #expect(error.description == message)
      #expect(CommandFailure(error).code.exitCode == .usage)
    }
  }

  @Test("Help wraps, aligns and shows examples first")
  func helpText() {
    let help = HelpText(table: Self.table, style: .plain, width: 60)
    let text = help.command(Self.table.commands[0])
    #expect(text.hasPrefix("tool greet: greet somebody\n\nExamples\n  tool greet you\n"))
    #expect(text.contains("tool greet --name TEXT WHO [HOW] [options]"))
    #expect(text.contains("a number (default: 3)"))
    #expect(text.contains("how: hi, hello"))
    #expect(HelpText.wrap("aa bb cc dddddddd", width: 5) == ["aa bb", "cc", "dddddddd"])
    #expect(HelpText.wrap("", width: 5) == [])
  }
}
