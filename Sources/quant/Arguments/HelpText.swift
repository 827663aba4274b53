/// Help for the program and for each command, made from the command table; examples come first.
struct HelpText {
  let table: CommandSet
  let style: Style
  /// Columns of the screen.
  let width: Int

  /// Help for the whole program.
  func program() -> String {
    let commands = table.commands.map { (left: $0.name, right: $0.summary) }
    let options = table.options.map { (left: label($0), right: $0.help) }
    return "\(style.bold(table.name)): \(table.summary)\n\n"
      + examples(table.examples)
      + heading("Commands") + list(commands)
      + heading("Options") + list(options)
      + "\n'\(table.name) COMMAND --help' shows examples and options of a command.\n"
  }

  /// Help for one command.
  func command(_ command: Command) -> String {
    let name = "\(table.name) \(command.name)"
    var text = "\(style.bold(name)): \(command.summary)\n\n" + examples(command.examples)
    text += heading("Usage") + "  \(usage(command))\n"
    if !command.positionals.isEmpty {
      text += heading("Arguments")
      text += list(command.positionals.map { (left: $0.name, right: HelpText.description(of: $0)) })
    }
    text += heading("Options")
    text += list(
      command.required.map {
        (left: label($0), right: HelpText.description(of: $0, isRequired: true))
      }
        + (command.options + [.quiet, .help]).map {
          (left: label($0), right: HelpText.description(of: $0, isRequired: false))
        })
    return text
  }

  private func usage(_ command: Command) -> String {
    var parts = ["\(table.name) \(command.name)"]
    parts += command.required.map { "\($0.spelling) \($0.valueName ?? "")" }
    parts += command.positionals.map { $0.isOptional ? "[\($0.name)]" : $0.name }
    if !command.options.isEmpty { parts.append("[options]") }
    return parts.joined(separator: " ")
  }

  private func examples(_ examples: [Command.Example]) -> String {
    guard !examples.isEmpty else { return "" }
    let lines = examples.map { "  \(style.cyan($0.line))\n      \($0.note)\n" }
    return style.bold("Examples") + "\n" + lines.joined()
  }

  private func heading(_ text: String) -> String { "\n\(style.bold(text))\n" }

  private func label(_ option: Option) -> String {
    let letter = option.letter.map { "-\($0), " } ?? ""
    return letter + option.spelling + (option.valueName.map { " \($0)" } ?? "")
  }

  /// What an option does, with its choices and its default.
  static func description(of option: Option, isRequired: Bool) -> String {
    var text = option.help
    if case .choice(let words) = option.kind { text += ": " + words.joined(separator: ", ") }
    if let value = option.defaultText { text += " (default: \(value))" }
    if option.isRepeatable { text += " (repeatable)" }
    return isRequired ? text + " (required)" : text
  }

  /// What an argument is, with its choices where they are few.
  static func description(of positional: Positional) -> String {
    guard case .choice(let words) = positional.kind, words.count < 12 else {
      return positional.help
    }
    return positional.help + ": " + words.joined(separator: ", ")
  }

  private func list(_ rows: [(left: String, right: String)]) -> String {
    let column = 4 + rows.reduce(0) { max($0, $1.left.count) }
    var text = ""
    for row in rows {
      let padding = String(repeating: " ", count: column - row.left.count - 2)
      let lines = HelpText.wrap(row.right, width: max(30, width - column))
      text += "  \(row.left)\(padding)\(lines.first ?? "")\n"
      for line in lines.dropFirst() {
        text += String(repeating: " ", count: column) + line + "\n"
      }
    }
    return text
  }

  /// Breaks a text at blanks into lines of at most `width` characters; longer words stay whole.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
