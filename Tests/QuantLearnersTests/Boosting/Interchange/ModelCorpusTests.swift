import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

/// Replays what fuzzing found; `Tests/Fuzz/run` adds to it.
@Suite("Corpus of the model fuzzers")
struct ModelCorpusTests {
  @Test(
    "Every input is refused, or predicts and is written and read again",
    arguments: ["own", "lightgbm", "json", "ubjson"])
  func replay(target: String) throws {
    let folder = FixtureFile.path("model-corpus/" + target)
    let files = try FileTree.list(recursively: folder)
    #expect(files.count >= 5)
    for name in files {
      let bytes = [UInt8](copying: try MappedFile(path: folder + "/" + name).bytes)
      guard let model = try? ModelProbe.model(bytes), model.featureNames.count <= 64 else {
        continue
      }
      let again = try TreeEnsemble(fileBytes: model.fileBytes, path: name)
      #expect(again.fileBytes == model.fileBytes)
      #expect(
        again.probeScores().map { $0.isNaN ? 0 : $0 }
          == model.probeScores().map { $0.isNaN ? 0 : $0 })
    }
  }
}
