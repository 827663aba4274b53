/// The manual page in the man(7) macros, made from the command table and the table of errors.
struct ManualPage {
  let table: CommandSet

  /// The source of the page.
  var text: String {
    let name = table.name
    var page = [
      ".TH \(name.uppercased()) 1 \"\" \"\(name) \(BuildInformation.version)\" \"User Commands\"",
      ".SH NAME", "\(name) \\- \(ManualPage.escaped(table.summary))",
      ".SH SYNOPSIS", ".B \(name)", ".I COMMAND", "[options]",
      ".SH DESCRIPTION",
      "One command does one thing. Data goes to standard output; progress, notes,",
      "warnings and errors go to standard error.",
      ".SH OPTIONS",
    ]
    for option in table.options { page += entry(option, help: option.help) }
    page.append(".SH COMMANDS")
    for command in table.commands { page += section(command) }
    page += examples() + environment() + exitStatus() + errors()
    return page.joined(separator: "\n") + "\n"
  }

  private func section(_ command: Command) -> [String] {
    var parts = ["\(table.name) \(command.name)"]
    parts += command.required.map { "\($0.spelling) \($0.valueName ?? "")" }
    parts += command.positionals.map { $0.isOptional ? "[\($0.name)]" : $0.name }
    if !command.options.isEmpty { parts.append("[options]") }
    var lines = [
      ".SS \(ManualPage.escaped(parts.joined(separator: " ")))",
      ManualPage.sentence(command.summary),
    ]
    for positional in command.positionals {
      lines += [
        ".TP", ".I \(ManualPage.escaped(positional.name))",
        ManualPage.sentence(HelpText.description(of: positional)),
      ]
    }
    for option in command.required {
      lines += entry(option, help: HelpText.description(of: option, isRequired: true))
    }
    for option in command.options {
      lines += entry(option, help: HelpText.description(of: option, isRequired: false))
    }
    return lines
  }

  private func entry(_ option: Option, help: String) -> [String] {
    let letter = option.letter.map { "\\fB\\-\($0)\\fR, " } ?? ""
    let value = option.valueName.map { " \\fI\(ManualPage.escaped($0))\\fR" } ?? ""
    return [
      ".TP", "\(letter)\\fB\(ManualPage.escaped(option.spelling))\\fR\(value)",
      ManualPage.sentence(help),
    ]
  }

  private func examples() -> [String] {
    [".SH EXAMPLES"]
      + table.examples.flatMap { example in
        [
          ".TP", "\\fB\(ManualPage.escaped(example.line))\\fR",
          ManualPage.sentence(example.note),
        ]
      }
  }

  private func environment() -> [String] {
    let variables = [
      ("QUANT_CACHE", "Folder of compiled panels where --cache is not given."),
      ("XDG_CACHE_HOME", "Its folder quant is taken where QUANT_CACHE is not set."),
      ("NO_COLOR", "Where set, nothing is coloured."),
      ("CLICOLOR_FORCE", "Where set, output is coloured outside of a terminal too."),
    ]
    return [".SH ENVIRONMENT"]
      + variables.flatMap { [".TP", ".B \($0)", ManualPage.escaped($1)] }
  }

  private func exitStatus() -> [String] {
    [".SH EXIT STATUS"]
      + ExitCode.allCases.flatMap { code in
        [".TP", ".B \(code.rawValue)", ManualPage.sentence(code.meaning)]
      }
  }

  private func errors() -> [String] {
    [
      ".SH DIAGNOSTICS",
      "An error is one line that ends with its code. The codes, their exit status and what to do:",
    ]
      + ErrorCode.allCases.flatMap { code in
        [
          ".TP", "\\fB\(ManualPage.escaped(code.rawValue))\\fR (\(code.exitCode.rawValue))",
          ManualPage.sentence(code.meaning), ManualPage.sentence(code.remedy),
        ]
      }
  }

  /// A text as a sentence on a line of its own.
  private static func sentence(_ text: String) -> String {
    escaped(text.prefix(1).uppercased() + text.dropFirst()) + (text.hasSuffix(".") ? "" : ".")
  }

  /// A text whose every character is printed as it is.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "~": result += "\\(ti"
      case "^": result += "\\(ha"
      case "`": result += "\\(ga"
      default: result.append(character)
      }
    }
    // A line that starts with a point would be a macro.
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}
