extension CompletionScript {
  /// For zsh, to be put into a folder of `fpath` as `_quant`, or sourced after `compinit`.
  static func zsh(_ table: CommandSet) -> String {
    let commands = table.commands.map {
      "    " + quoted("\($0.name):\($0.summary)")
    }
    return """
      #compdef \(table.name)
      # Completion of \(table.name) for zsh: put this file into a folder of $fpath as _\(table.name).
      _\(table.name)() {
        local -a commands
        commands=(
      \(commands.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe 'command' commands
          _arguments '--help[show help]' '--version[show the version]'
          return
        fi
        local name=$words[2]
        shift words
        (( CURRENT-- ))
        case $name in
      \(table.commands.map(zshCase).joined(separator: "\n"))
        esac
      }
      if [ "$funcstack[1]" = "_\(table.name)" ]; then
        _\(table.name) "$@"
      else
        compdef _\(table.name) \(table.name)
      fi

      """
  }

  private static func zshCase(_ command: Command) -> String {
    var lines = ["    \(command.name))", "      _arguments \\"]
    for option in command.allOptions {
      let help = option.help.filter { !"[]:\\".contains($0) }
      var word =
        "\(option.isRepeatable ? "*" : "")\(option.spelling)\(option.isFlag ? "" : "=")[\(help)]"
      if let valueName = option.valueName { word += ":\(valueName):\(zshAction(option.kind))" }
      lines.append("        \(quoted(word)) \\")
    }
    for (index, positional) in command.positionals.enumerated() {
      let colon = positional.isOptional ? "::" : ":"
      let word = "\(index + 1)\(colon)\(positional.name):\(zshAction(positional.kind))"
      lines.append("        \(quoted(word)) \\")
    }
    // The last line must not go on.
    lines[lines.count - 1] = String(lines[lines.count - 1].dropLast(2))
    return (lines + ["      ;;"]).joined(separator: "\n")
  }

  private static func zshAction(_ kind: ValueKind) -> String {
    switch kind {
    case .choice(let words), .suggestions(let words): "(\(words.joined(separator: " ")))"
    case .directory: "_files -/"
    case .file, .path: "_files"
    case .text, .integer, .positive, .size: " "
    }
  }
}
