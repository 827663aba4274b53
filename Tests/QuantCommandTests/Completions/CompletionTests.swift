import Foundation
import QuantTestSupport
import Testing

@testable import quant

@Suite("Completion scripts") struct CompletionTests {
  /// What bash offers after some words, the last of them unfinished.
  private func bash(_ words: String...) throws -> [String] {
    let list = words.map(CompletionScript.quoted).joined(separator: " ")
    let result = try QuantProcess().bash(
      """
      set -eu
      source <("$QUANT" completions bash)
      COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1)
      _quant
      [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
      """)
    #expect(result.status == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test("bash offers commands, options, choices and values after an equals sign")
  func bashOffers() throws {
    #expect(try bash("quant", "compl").contains("completions"))
    #expect(try bash("quant", "--v") == ["--version"])
    #expect(try bash("quant", "completions", "").contains("zsh"))
    #expect(try bash("quant", "completions", "f") == ["fish"])
    #expect(try bash("quant", "completions", "--q") == ["--quiet"])
    #expect(try bash("quant", "synth", "--size", "t") == ["tiny"])
    #expect(try bash("quant", "synth", "--size", "=", "f") == ["full"])
    #expect(try bash("quant", "synth", "--size", "=").contains("small"))
    #expect(try bash("quant", "train", "--seed", "") == [])
  }

  @Test("bash offers files")
  func bashFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("{}", to: "only.json")
    #expect(
      try bash("quant", "train", "--config", folder.path + "/on") == [folder.path + "/only.json"])
  }

  @Test("The shells that are installed accept their scripts", arguments: CompletionScript.shells)
  func syntax(shell: String) throws {
    guard
      let program = ["/bin", "/usr/bin", "/usr/local/bin"].map({ "\($0)/\(shell)" })
        .first(where: FileManager.default.isExecutableFile(atPath:))
    else {
      print("skipped: \(shell) is not installed")
      return
    }
    let folder = try TemporaryFolder()
    let script = try folder.write(CompletionScript.text(for: shell, .quant), to: "script")
    let result = try QuantProcess().bash("\(program) -n '\(script)'")
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test("fish offers what the table has")
  func fishOffers() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/fish") else {
      print("skipped: fish is not installed")
      return
    }
    let result = try QuantProcess().bash(
      #""$QUANT" completions fish > /tmp/quant-$$.fish; HOME=/tmp fish -c "source /tmp/quant-$$.fish; complete -C 'quant synth --size '"; rm /tmp/quant-$$.fish"#
    )
    #expect(result.output.contains("tiny"), "\(result.errors)")
  }

  @Test("zsh defines the function")
  func zshDefines() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/zsh") else {
      print("skipped: zsh is not installed")
      return
    }
    let result = try QuantProcess().bash(
      #"zsh -fc 'autoload -Uz compinit; compinit -D; source <("$QUANT" completions zsh); whence -w _quant; print ${_comps[quant]}'"#
    )
    #expect(result.output == "_quant: function\n_quant\n", "\(result.errors)")
  }
}
