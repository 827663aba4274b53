extension CompletionScript {
  /// For bash 3.2 and later; needs nothing of bash-completion.
  static func bash(_ table: CommandSet) -> String {
    let names = table.commands.map(\.name).joined(separator: " ")
    let global = table.options.map(\.spelling).joined(separator: " ")
    return """
      # Completion of \(table.name) for bash: source this file, or put it into
      # ~/.local/share/bash-completion/completions/\(table.name)
      _\(table.name)() {
        local current="${COMP_WORDS[COMP_CWORD]}" previous="" options="" words="" index place=0
        COMPREPLY=()
        if [ "$COMP_CWORD" -le 1 ]; then
          COMPREPLY=($(compgen -W "\(names) \(global)" -- "$current"))
          return
        fi
        # bash splits --option=value at the equals sign.
        previous="${COMP_WORDS[COMP_CWORD-1]}"
        if [ "$current" = "=" ]; then
          current=""
        elif [ "$previous" = "=" ] && [ "$COMP_CWORD" -ge 2 ]; then
          previous="${COMP_WORDS[COMP_CWORD-2]}"
        fi
        case "${COMP_WORDS[1]}" in
      \(table.commands.map(bashCase).joined(separator: "\n"))
        esac
        COMPREPLY=($(compgen -W "$options $words" -- "$current"))
      }
      complete -F _\(table.name) \(table.name)

      """
  }

  private static func bashCase(_ command: Command) -> String {
    var lines = ["    \(command.name))", "      case \"$previous\" in"]
    for option in command.allOptions where !option.isFlag {
      lines.append("        \(option.spelling)) \(bashReply(option.kind)); return ;;")
    }
    lines.append("      esac")
    let options = command.allOptions.map(\.spelling).joined(separator: " ")
    lines.append("      options=\"\(options)\"")
    if let positional = command.positionals.first {
      let words = positional.kind.words
      if !words.isEmpty {
        lines.append("      words=\"\(words.joined(separator: " "))\"")
      } else if positional.kind.isPath {
        lines.append("      case \"$current\" in")
        lines.append("        -*) ;;")
        lines.append("        *) \(bashReply(positional.kind)); return ;;")
        lines.append("      esac")
      }
    }
    return (lines + ["      ;;"]).joined(separator: "\n")
  }

  private static func bashReply(_ kind: ValueKind) -> String {
    switch kind {
    case .choice(let words), .suggestions(let words):
      "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\"))"
    case .directory: "COMPREPLY=($(compgen -d -- \"$current\"))"
    case .file, .path: "COMPREPLY=($(compgen -f -- \"$current\"))"
    case .text, .integer, .positive, .size: "COMPREPLY=()"
    }
  }
}

extension ValueKind {
  /// Whether completion offers names of the file system.
  var isPath: Bool {
    switch self {
    case .file, .directory, .path: true
    default: false
    }
  }
}
