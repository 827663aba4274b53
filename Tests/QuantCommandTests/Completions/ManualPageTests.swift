import Foundation
import QuantTestSupport
import Testing

@testable import quant

@Suite("Manual page") struct ManualPageTests {
  private let page = ManualPage(table: .quant).text

  @Test("Every command, option, exit code and error is on it")
  func complete() {
    for command in CommandSet.quant.commands {
      #expect(page.contains("\n.SS quant \(command.name)"), "\(command.name)")
      for option in command.required + command.options {
        #expect(page.contains("\\fB" + ManualPage.escaped(option.spelling)), "\(option.name)")
      }
    }
    for code in ErrorCode.allCases {
      #expect(page.contains(ManualPage.escaped(code.rawValue)), "\(code)")
    }
    for code in ExitCode.allCases { #expect(page.contains("\n.B \(code.rawValue)\n")) }
  }

  @Test("No text is taken for a macro or an escape")
  func escaping() {
    #expect(ManualPage.escaped(".TH x") == "\\&.TH x")
    #expect(ManualPage.escaped("a\\b --c 'd'") == "a\\eb \\-\\-c \\(aqd\\(aq")
    let macros = [".TH", ".SH", ".SS", ".TP", ".B", ".I"]
    for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(macros.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
  }

  @Test(
    "The programs that show manual pages have nothing to say against it",
    arguments: ["man --warnings -E UTF-8 -Tutf8 -l", "mandoc -T lint -W warning"])
  func shown(command: String) throws {
    let program = String(command.prefix { $0 != " " })
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program) else {
      print("skipped: \(program) is not installed")
      return
    }
    let folder = try TemporaryFolder()
    let file = try folder.write(page, to: "quant.1")
    let result = try QuantProcess().bash("\(command) '\(file)' 2>&1 >'\(folder.path)/shown'")
    // mandoc wants a date, which would change the page with the day; its lint goes to stdout.
    let shown = try folder.text("shown").split(separator: "\n")
    let complaints = result.output.split(separator: "\n") + (program == "mandoc" ? shown : [])
    #expect(complaints.filter { !$0.contains("date") }.isEmpty, "\(complaints)")
    if program == "man" { #expect(shown.count > 100) }
  }
}
