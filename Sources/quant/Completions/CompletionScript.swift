/// Completion scripts for shells, made from the command table.
enum CompletionScript {
  /// The shells there are scripts for.
  static let shells = ["bash", "zsh", "fish"]

  /// The script for a shell of `shells`.
  static func text(for shell: String, _ table: CommandSet) -> String {
    switch shell {
    case "zsh": zsh(table)
    case "fish": fish(table)
    default: bash(table)
    }
  }

  /// A text as one word of a shell.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
