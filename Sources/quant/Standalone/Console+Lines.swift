/// A name and what belongs to it: a line of a report.
typealias ReportLine = (String, String)

extension Console {
  /// Writes lines of data to stdout.
  func say(_ lines: [ReportLine]) {
    let width = Console.width(lines)
    for (name, text) in lines {
      say(output.style.bold(name.padding(width)) + "  " + TerminalText.safe(text) + "\n")
    }
  }

  /// Writes lines about the run, such as its seconds, to stderr, unless the command is quiet or they
  /// are members of a JSON object.
  func note(_ lines: [ReportLine]) {
    if isJSON { return }
    let width = Console.width(lines)
    for (name, text) in lines { note("\(name.padding(width))  \(text)") }
  }

  private static func width(_ lines: [ReportLine]) -> Int {
    max(10, lines.map(\.0.count).max() ?? 0)
  }
}
