/// Names that break programs: control characters, reversed text, formulas, paths, escapes, quotes,
/// broken letters, and very long ones.
enum HostileName {
  /// All of them, distinct byte by byte; none has a NUL, and none is empty.
  static let all: [String] = {
    var names = controls + spaces + marks + formulas + paths + escapes + quotes + letters + long
    names += markup
    // The same in the middle of other text, and in front of it.
    for name in controls + marks + escapes + quotes { names.append("a" + name + "b") }
    for name in formulas + paths + markup { names.append("name " + name) }
    for name in controls + marks + formulas + letters { names.append(name + " Inc.") }
    var seen: Set<[UInt8]> = []
    return names.filter { !$0.isEmpty && seen.insert(Array($0.utf8)).inserted }
  }()

  private static func texts(_ scalars: ClosedRange<UInt32>) -> [String] {
    scalars.compactMap { Unicode.Scalar($0).map { String($0) } }
  }

  static let controls = texts(0x01...0x1F) + texts(0x7F...0x9F)
  static let spaces =
    texts(0x2000...0x200A) + [" ", "  ", "\u{A0}", "\u{1680}", "\u{202F}", "\u{205F}", "\u{3000}"]
  static let marks =
    texts(0x200B...0x200F) + texts(0x2028...0x202E) + texts(0x2060...0x206F)
    + ["\u{FEFF}", "\u{AD}", "\u{34F}", "\u{61C}", "\u{180E}", "\u{FFF9}", "\u{FFFA}", "\u{FFFB}"]

  static let formulas = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", "=HYPERLINK(\"http://x\",\"y\")",
    "\t=1+1", "\r=1+1", " =1+1", "\u{A0}=1+1", "a\n=1+1", "\u{FF1D}1+1", "=", "+", "-", "@",
    "%0A=1+1", "'=1+1", "\"=1+1", ";=1+1", "0x1F", "1e5", "NaN", "nan", "inf", "-inf", "1,5",
    "TRUE",
    "NULL", "#N/A", "#REF!", "1/2", "2020-01-01",
  ]

  static let paths = [
    ".", "..", "...", "../x", "../../../../etc/passwd", "/etc/passwd", "/", "//", "./x", "x/",
    "a/b",
    "..\\x", "C:\\x", "\\\\host\\share", "%2e%2e/x", "%2e%2e%2f", "~", "~root", "$HOME", "$(id)",
    "`id`", "*", "?", "[a-z]", "{a,b}", "!!", "CON", "NUL", "nul.txt", "COM1", "LPT1", "x.", "x ",
    " x", "-", "--", "--help", "-rf", "--out=x", "-n", "a:b", "a|b", "a>b", "a<b", "a&b", "a;b",
    "#",
    ".hidden", ".quant-0-1-0.partial", "run.json", "SHA256SUMS", "logs", "a\\nb", "a\\",
  ]

  static let escapes = [
    "\u{1B}[31mred", "\u{1B}[2J", "\u{1B}]0;title\u{7}", "\u{1B}]8;;http://x\u{1B}\\link",
    "\u{1B}]52;c;aGk=\u{7}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}c", "\u{1B}[6n", "\u{1B}[?1049h",
    "\u{9B}31m", "\u{9D}0;t\u{9C}", "\u{1B}_x\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{1B}(0",
    "\u{E}x\u{F}",
    "x\u{8}\u{8}y", "50 %\r100 %", "a\u{85}b", "\u{1B}", "\u{1B}[",
  ]

  static let quotes = [
    "\"", "\"\"", "'", "''", "\",\"", "\"\n\"", "a\"b", "\"a\"", "a,b", ",", ",,", "a\nb", "a\r\nb",
    "\n", "\r", "\r\n", "\n\n", "a\tb", "\t", "|", ";", "a;b|c\td", "\\\"", "\\", "“”", "‘x’", "«»",
  ]

  /// Letters that other systems compare, join or refuse; the last are no characters at all.
  static let letters =
    composed + texts(0xFDD0...0xFDD2) + texts(0xFFFE...0xFFFF)

  private static let composed = [
    "e\u{301}", "\u{E9}", "A\u{30A}", "\u{C5}", "\u{212B}", "漢字", "العربية", "עברית", "ไทย", "ß",
    "ﬁ", "İ", "ı", "🏴‍☠️", "👨‍👩‍👧‍👦", "🇺🇸", "👍🏿", "\u{1F600}", "\u{10FFFF}",
    "\u{E000}", "\u{E0001}", "\u{F0000}", "а", "a", "Ａ", "\u{301}", "z̵͎͝", "\u{1D54F}",
    "q" + String(repeating: "\u{301}", count: 200),
  ]

  static let long = [255, 256, 300, 1024, 4096, 5000].flatMap {
    [String(repeating: "x", count: $0), String(repeating: "漢", count: $0 / 3)]
  }

  static let markup = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;", "&amp;", "<!--", "]]>",
    "</style>", "javascript:alert(1)", "'; DROP TABLE firms; --", "1' OR '1'='1", "%s%n%x", "%d",
    "{0}", "{{7*7}}", "${7*7}", "\\u0000", "\\x00", "\\0", "undefined", "null", "true", "None",
    "__proto__", "constructor", "{\"a\":1}", "[1]", "a: b", "- a", "!!python/object", "\\(1)",
  ]
}
