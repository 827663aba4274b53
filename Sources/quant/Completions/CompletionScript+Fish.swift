extension CompletionScript {
  /// For fish, to be put into `~/.config/fish/completions/quant.fish`.
  static func fish(_ table: CommandSet) -> String {
    let name = table.name
    var lines = [
      "# Completion of \(name) for fish: put this file into ~/.config/fish/completions/\(name).fish",
      "complete -c \(name) -f",
      "complete -c \(name) -n __fish_use_subcommand -l help -s h -d 'show help'",
      "complete -c \(name) -n __fish_use_subcommand -l version -d 'show the version'",
    ]
    for command in table.commands {
      lines.append(
        "complete -c \(name) -n __fish_use_subcommand -a \(command.name) "
          + "-d \(quoted(command.summary))")
    }
    for command in table.commands {
      let condition = "-n \(quoted("__fish_seen_subcommand_from \(command.name)"))"
      for option in command.allOptions {
        let letter = option.letter.map { " -s \($0)" } ?? ""
        let value = option.isFlag ? "" : fishValue(option.kind)
        lines.append(
          "complete -c \(name) \(condition) -l \(option.name)\(letter)\(value) "
            + "-d \(quoted(option.help))")
      }
      for positional in command.positionals {
        if positional.kind.isPath {
          lines.append("complete -c \(name) \(condition) -F")
        } else if !positional.kind.words.isEmpty {
          lines.append(
            "complete -c \(name) \(condition) -a "
              + quoted(positional.kind.words.joined(separator: " ")))
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fishValue(_ kind: ValueKind) -> String {
    switch kind {
    case .choice(let words), .suggestions(let words):
      " -x -a \(quoted(words.joined(separator: " ")))"
    case .directory: " -x -a '(__fish_complete_directories)'"
    case .file, .path: " -r -F"
    case .text, .integer, .positive, .size: " -x"
    }
  }
}
