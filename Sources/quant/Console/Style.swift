/// Colours and weights of the terminal, or nothing at all where they are not wanted.
struct Style: Sendable {
  let isOn: Bool

  /// Text without colours.
  static let plain = Style(isOn: false)

  func bold(_ text: String) -> String { wrap(text, "1") }
  func dim(_ text: String) -> String { wrap(text, "2") }
  func red(_ text: String) -> String { wrap(text, "1;31") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func yellow(_ text: String) -> String { wrap(text, "33") }
  func cyan(_ text: String) -> String { wrap(text, "36") }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// Whether a stream gets colours.
  ///
  /// `NO_COLOR` (https://no-color.org) wins, then `CLICOLOR_FORCE`, then `CLICOLOR=0` and
  /// `TERM=dumb`; otherwise a terminal gets colours and everything else does not.
  static func isWanted(isTerminal: Bool, environment: (String) -> String?) -> Bool {
    if let value = environment("NO_COLOR"), !value.isEmpty { return false }
    if let value = environment("CLICOLOR_FORCE"), !value.isEmpty, value != "0" { return true }
    if environment("CLICOLOR") == "0" || environment("TERM") == "dumb" { return false }
    return isTerminal && environment("TERM") != nil
  }
}
