import QuantTestSupport
import Testing

@testable import QuantCore

@Suite("RunDocument")
struct RunDocumentTests {
  private let text: [UInt8]

  init() throws {
    let panel = MemoryPanel(periods: 4, rowsPerPeriod: 2).make()
    let document = RunDocument(
      isComplete: true, runID: "0123", codeVersion: "1.0.0", codeCommit: "abc",
      manifest: panel.manifest, configuration: .object(["seed": .number(1)]), tasks: [],
      panelBytes: 10, files: [RunFile(path: "metrics/tasks.csv", bytes: 3, sha256: "00")])
    text = try document.bytes(path: "run.json")
  }

  @Test("A document reads back, and writes the same bytes again")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let document = try RunDocument(path: folder.write(text, to: "run.json"))
    #expect(document.runID == "0123" && document.files.count == 1)
    #expect(try document.bytes(path: "run.json") == text)
  }

  @Test("Every flipped bit and every truncation of the document is refused")
  func damage() throws {
    let folder = try TemporaryFolder()
    for bit in 0..<8 * text.count {
      var damaged = text
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let path = try folder.write(damaged, to: "run.json")
      #expect(throws: StorageError.self, "bit \(bit)") { _ = try RunDocument(path: path) }
    }
    for count in text.indices {
      let path = try folder.write(Array(text[..<count]), to: "run.json")
      #expect(throws: StorageError.self, "\(count) bytes") { _ = try RunDocument(path: path) }
    }
  }
}
