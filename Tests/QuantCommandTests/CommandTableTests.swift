import Foundation
import Foundation
import Testing

@testable import quant

@Suite("Command table") struct CommandTableTests {
  @Test("Help of every command fits a screen, shows examples first, and names every option")
  func help() throws {
    for command in CommandSet.quant.commands {
      let help = HelpText(table: .quant, style: .plain, width: 100).command(command)
      let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 50, "\(command.name): \(lines.count) lines")
      for line in lines { #expect(line.count <= 100, "\(command.name): \(line)") }
      #expect(!command.examples.isEmpty, "\(command.name) has no example")
      let examples = try #require(help.range(of: "Examples"))
      let usage = try #require(help.range(of: "Usage"))
      #expect(examples.lowerBound < usage.lowerBound)
      for option in command.allOptions { #expect(help.contains(option.spelling)) }
    }
    let program = HelpText(table: .quant, style: .plain, width: 100).program()
    #expect(program.split(separator: "\n", omittingEmptySubsequences: false).count <= 50)
    for command in CommandSet.quant.commands { #expect(program.contains("  \(command.name) ")) }
  }

  @Test("Names are unique, and texts are short and end without a period")
  func names() {
    let table = CommandSet.quant
    #expect(Set(table.commands.map(\.name)).count == table.commands.count)
    for command in table.commands {
      let options = command.allOptions
      #expect(Set(options.map(\.name)).count == options.count, "\(command.name)")
      #expect(!command.summary.hasSuffix("."))
      for option in options { #expect(!option.help.hasSuffix(".") && !option.help.isEmpty) }
    }
  }

  @Test("Every example is accepted by the parser")
  func examples() throws {
    let parser = ArgumentParser(table: .quant)
    for example in CommandSet.quant.commands.flatMap(\.examples) + CommandSet.quant.examples {
      // Only the part that is ours: without redirection, pipe and substitution.
      var words = example.line.split(separator: " ").map(String.init)
      if let start = words.firstIndex(where: { $0.hasSuffix("(quant") }) {
        words.removeFirst(start)
        words[0] = "quant"
        words = words.map { $0.hasSuffix(")") ? String($0.dropLast()) : $0 }
      }
      words = Array(words.prefix { $0 != ">" && $0 != "|" })
      #expect(words.first == "quant", "\(example.line)")
      #expect(throws: Never.self, "\(example.line)") { try parser.parse(Array(words.dropFirst())) }
    }
  }

  @Test("Error codes are unique, have a meaning, and an exit code of their class")
  func errorCodes() {
    #expect(Set(ErrorCode.allCases.map(\.rawValue)).count == ErrorCode.allCases.count)
    #expect(Set(ErrorCode.allCases.map(\.meaning)).count == ErrorCode.allCases.count)
    for code in ErrorCode.allCases {
      #expect((10...80).contains(code.remedy.count) && !code.remedy.hasSuffix("."), "\(code)")
    }
    let used = Set(ErrorCode.allCases.map(\.exitCode))
    // 0 and the signals are no errors.
    #expect(used == Set(ExitCode.allCases).subtracting([.success, .interrupted, .terminated]))
  }
}

extension CommandTableTests {
  @Test("The guide lists every error and exit code with its meaning")
  func guide() throws {
    let root = "\(#filePath)".split(separator: "/").dropLast(3).joined(separator: "/")
    let guide = try String(contentsOfFile: "/\(root)/Docs/Guides/command-line.md", encoding: .utf8)
    for code in ErrorCode.allCases {
      let row =
        "| `\(code.rawValue)` | \(code.exitCode.rawValue) | \(code.meaning) | "
        + "\(code.remedy) |\n"
      #expect(guide.contains(row), "missing: \(row)")
    }
    for code in WarningCode.allCases {
      let row = "| `\(code.rawValue)` | \(code.meaning) |\n"
      #expect(guide.contains(row), "missing: \(row)")
    }
    for code in ExitCode.allCases {
      #expect(guide.contains("\n| \(code.rawValue) | \(code.meaning)"), "\(code)")
    }
    #expect(
      guide.components(separatedBy: "| `Q-").count - 1
        == ErrorCode.allCases.count + WarningCode.allCases.count)
  }
}
