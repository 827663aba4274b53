import QuantTestSupport
import Testing

@testable import QuantCore
@testable import QuantFormats

/// Replays what fuzzing found; `Tests/Fuzz/formats` adds to it.
@Suite("Corpus of the format fuzzers")
struct FormatCorpusTests {
  @Test("Every input is refused, or what it says holds", arguments: FormatTarget.allCases)
  func replay(target: FormatTarget) throws {
    let corpus = FixtureFile.path("format-corpus/" + target.rawValue)
    let files = try FileTree.list(recursively: corpus)
    #expect(files.count >= 5)
    let folder = try TemporaryFolder()
    for name in files {
      let bytes = try FileBytes.read(corpus + "/" + name)
      #expect(throws: Never.self, "\(name)") { try target.consume(bytes, in: folder.path) }
    }
  }

  @Test(
    "A panel with one file written anew is as good as before", arguments: FuzzPanel.names.indices)
  func resealed(number: Int) throws {
    let folder = try TemporaryFolder()
    let directory = try FuzzPanel.copy(in: folder.path)
    #expect(PanelVerification(of: directory, threads: 1).findings.isEmpty)
    let name = FuzzPanel.names[number]
    #expect(
      try FuzzPanel.replace(number, with: FuzzPanel.bytes(of: name), in: directory) == name)
    #expect(PanelVerification(of: directory, threads: 1).findings.isEmpty)
    #expect(try CompiledPanel(opening: directory).rowCount > 0)
  }
}
