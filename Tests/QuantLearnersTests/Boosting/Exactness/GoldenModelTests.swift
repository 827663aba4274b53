import Testing

@testable import QuantLearners

/// Digests of models that may change only where numbers have to change, for a reason in the change log.
@Suite("Golden models of boosting")
struct GoldenModelTests {
  private static let digests: [(data: ExactnessData.Kind, name: String, digest: String)] = [
    (.binary, "plain", "4bbc9a5b945cf4b0"),
    (.binary, "63 bins", "745b702d471aae65"),
    (.binary, "both drawn", "533fc8fbf2ba7807"),
    (.binary, "everything", "41e9a58f2660d7f5"),
    (.heavyTail, "squared error", "27a58eda53dd6303"),
    (.heavyTail, "squared error, drawn", "a0ed04d64daf31e8"),
    (.missing, "half of rows", "65c66b3cecc094f8"),
    (.missing, "squared error, deep", "33aa5f4792c8f6ff"),
    (.weighted, "both drawn", "f7d7d6a9e1426472"),
    (.weighted, "l1", "12d5342d404e87dd"),
    (.weighted, "squared error, drawn", "57a8df7e720d1908"),
  ]

  @Test("The bits of models do not move")
  func golden() throws {
    var lines: [String] = []
    var isEqual = true
    for item in Self.digests {
      let known = ExactnessConfigurations.all.first { $0.name == item.name }
      let configuration = try #require(known?.configuration, "no configuration \(item.name)")
      let found = try ExactnessData(item.data).fit(configuration, threads: 2).digest()
      lines.append("    (.\(item.data), \"\(item.name)\", \"\(found)\"),")
      isEqual = isEqual && found == item.digest
    }
    #expect(isEqual, "these are found:\n\(lines.joined(separator: "\n"))")
  }
}
