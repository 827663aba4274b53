import Testing

@testable import quant

@Suite("Console text") struct ConsoleTextTests {
  @Test(
    "Colours follow the terminal and the environment",
    arguments: [
      (true, ["TERM": "xterm"], true), (false, ["TERM": "xterm"], false), (true, [:], false),
      (true, ["TERM": "dumb"], false), (true, ["TERM": "xterm", "NO_COLOR": "1"], false),
      (true, ["TERM": "xterm", "NO_COLOR": ""], true),
      (false, ["TERM": "xterm", "CLICOLOR_FORCE": "1"], true),
      (false, ["TERM": "xterm", "CLICOLOR_FORCE": "0"], false),
      (true, ["TERM": "xterm", "CLICOLOR": "0"], false),
      (true, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
    ] as [(Bool, [String: String], Bool)])
  func colours(isTerminal: Bool, environment: [String: String], expected: Bool) {
    #expect(Style.isWanted(isTerminal: isTerminal) { environment[$0] } == expected)
  }

  @Test("Control characters of data do not reach a terminal or break a line")
  func safeText() {
    #expect(TerminalText.safe("Ab 1é漢🙂") == "Ab 1é漢🙂")
    #expect(TerminalText.safe("a\u{1B}[31mb\u{7}\u{9B}c\u{7F}") == "a[31mbc")
    #expect(TerminalText.safe("a\nb\tc\r\nd") == "a b c  d")
    #expect(TerminalText.safe("a\u{202E}b\u{2066}c") == "abc")
    #expect(TerminalText.clipped("abcdef", to: 4) == "abc…")
    #expect(TerminalText.clipped("abcd", to: 4) == "abcd")
  }

  @Test("Numbers as people read them")
  func numbers() {
    #expect(NumberText.grouped(0) == "0")
    #expect(NumberText.grouped(-1_234_567) == "-1,234,567")
    #expect(NumberText.grouped(999) == "999")
    #expect(NumberText.fixed(0.125, 2) == "0.13")
    #expect(NumberText.fixed(-0.001, 2) == "0.00")
    #expect(NumberText.fixed(3, 0) == "3")
    #expect(NumberText.fixed(.nan, 2) == "-")
    #expect(NumberText.fixed(-12.345, 1) == "-12.3")
    #expect(NumberText.percent(0.1234) == "12.3 %")
    #expect(NumberText.seconds(0.0123) == "0.012 s")
    #expect(NumberText.seconds(125) == "2 min 05 s")
    #expect(NumberText.seconds(3725) == "1 h 02 min")
    #expect(NumberText.bytes(999) == "999 B")
    #expect(NumberText.bytes(1_500_000) == "1.5 MB")
    #expect(NumberText.bytes(3_210_000_000) == "3.21 GB")
  }

  @Test("Tables align and end their lines without blanks")
  func table() {
    var table = TextTable([.text("firm"), .number("p"), .text("note")])
    table.append(["A", "0.5", ""])
    table.append(["Long\u{1B}name", "0.25", "x"])
    #expect(
      table.text(style: .plain) == """
        firm         p  note
        A          0.5
        Longname  0.25  x

        """)
  }

  @Test("Progress shows share, rate and time left as far as they are known")
  func progress() {
    #expect(ProgressBar.tail(done: 0, total: 10, unit: "files", elapsed: 0) == "0 %  0/10 files")
    #expect(
      ProgressBar.tail(done: 50, total: 100, unit: "rows", elapsed: 2)
        == "50 %  50/100 rows  25/s  2 s left")
    #expect(ProgressBar.tail(done: 7, total: 0, unit: "rows", elapsed: 0) == "7 rows")
    #expect(ProgressBar.tail(done: 0, total: 0, unit: "rows", elapsed: 9) == "")
  }
}
