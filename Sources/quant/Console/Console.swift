internal import QuantCore

/// Everything the command says: data on stdout; progress, notes and errors on stderr.
final class Console: Sendable {
  let output: OutputStream
  let diagnostics: OutputStream
  /// Whether progress and notes are left out.
  let isQuiet: Bool
  /// Whether stdout carries one JSON object in place of text.
  let isJSON: Bool
  private let bar: ProgressBar

  init(isQuiet: Bool, isJSON: Bool) {
    output = OutputStream(descriptor: 1, environment: SystemCalls.environment)
    diagnostics = OutputStream(descriptor: 2, environment: SystemCalls.environment)
    self.isQuiet = isQuiet
    self.isJSON = isJSON
    bar = ProgressBar(
      stream: diagnostics,
      isDrawn: diagnostics.isTerminal && SystemCalls.environment("TERM") ?? "dumb" != "dumb")
  }

  /// Writes text for people to stdout; nothing where JSON was asked for.
  func say(_ text: String) {
    if !isJSON { output.write(text) }
  }

  /// Writes a line to stderr unless the command is quiet.
  func note(_ text: String) {
    guard !isQuiet else { return }
    bar.interrupt { diagnostics.write(TerminalText.safe(text) + "\n") }
  }

  /// Writes a warning of one line to stderr, also where the command is quiet.
  func warn(_ text: String) {
    bar.interrupt {
      diagnostics.write(
        "quant: \(diagnostics.style.yellow("warning")): \(TerminalText.safe(text))\n")
    }
  }

  /// Writes an error of one line to stderr.
  func fail(_ text: String, code: String) {
    bar.interrupt {
      diagnostics.write(
        "quant: \(diagnostics.style.red("error")): \(Console.line(text)) [\(code)]\n")
    }
  }

  /// A message on one line; a name in it may be as long as a file.
  static func line(_ text: String) -> String {
    TerminalText.safe(TerminalText.clipped(text, to: 2000))
  }

  /// Writes the one JSON object of `--json` to stdout: sorted keys, the version of its form and the
  /// name of the command in it.
  func json(_ command: String, _ members: [String: JSONValue]) {
    guard isJSON else { return }
    var members = members
    members["schemaVersion"] = .integer(1)
    members["command"] = .string(command)
    output.write(JSONValue.object(members).canonicalText + "\n")
  }

  /// Reports how far a phase is; free to be called as often as one likes.
  ///
  /// - Parameters:
  ///   - detail: what is at work within the phase, such as a file.
  ///   - done: units done so far.
  ///   - total: units in all, or 0 where that is not known.
  ///   - unit: what is counted, such as `rows`.
  func progress(
    _ phase: String, detail: String = "", done: Int, total: Int, unit: String
  ) {
    guard !isQuiet else { return }
    bar.update(
      phase: phase, detail: TerminalText.safe(detail), done: done, total: total, unit: unit)
  }

  /// Takes the progress line off the screen.
  func endProgress() { bar.finish() }
}
