import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Model files of GradientBoosting")
struct TreeEnsembleFileTests {
  private func model() throws -> TreeEnsemble {
    try BoostingData().fit(
      BoostingConfiguration(leaves: 5), rows: 0..<500, iterations: 3)
  }

  private func read(_ bytes: [UInt8]) -> Result<TreeEnsemble, StorageError> {
    Result { () throws(StorageError) in
      try TreeEnsemble(fileBytes: bytes, path: "model.gbm")
    }
  }

  private func ensemble(_ trees: [Tree]) -> TreeEnsemble {
    TreeEnsemble(
      objective: .binary, featureNames: ["a", "b"], startScore: -1.5, trees: trees)
  }

  private func split(_ left: Int, _ right: Int, feature: Int = 0) -> Tree.Split {
    Tree.Split(
      feature: feature, threshold: 2, isMissingLeft: true, left: left, right: right, gain: 1,
      count: 9)
  }

  @Test("A model of one leaf is 67 bytes: header, names, leaf, checksum")
  func literal() throws {
    let model = ensemble([Tree(splits: [], leafValues: [0.25])])
    let bytes = model.fileBytes
    #expect(bytes.count == 37 + 2 * 5 + 12 + 8)
    #expect(bytes.prefix(8) == [0x71, 0x75, 0x61, 0x6E, 0x74, 0x47, 0x42, 0x4D])
    #expect(bytes[12] == 67 && bytes[20] == 0)
    #expect(try read(bytes).get() == model)
  }

  @Test("Saving and loading through a file is the identity")
  func identity() throws {
    let model = try model()
    let folder = try TemporaryFolder()
    try model.write(to: folder.file("model.gbm"))
    let loaded = try TreeEnsemble(contentsOf: folder.file("model.gbm"))
    #expect(loaded == model && loaded.fileBytes == model.fileBytes)
    let data = BoostingData()
    #expect(data.scores(loaded, 0..<900) == data.scores(model, 0..<900))
    #expect(throws: StorageError.missing(path: folder.file("none"))) {
      try TreeEnsemble(contentsOf: folder.file("none"))
    }
  }

  @Test("Every truncation and every flipped bit is refused")
  func damage() throws {
    let bytes = try model().fileBytes
    for length in 0..<bytes.count {
      guard case .failure = read(Array(bytes.prefix(length))) else {
        Issue.record("\(length) of \(bytes.count) bytes were accepted")
        return
      }
    }
    #expect(
      read(Array(bytes.dropLast()))
        == .failure(
          .truncated(path: "model.gbm", expected: bytes.count, actual: bytes.count - 1)))
    for bit in 0..<8 * bytes.count {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      guard case .failure = read(flipped) else {
        Issue.record("bit \(bit) was flipped and accepted")
        return
      }
    }
  }

  @Test("Impossible trees with a right checksum are refused")
  func structure() throws {
    let good = Tree(splits: [split(1, ~0), split(~1, ~2)], leafValues: [1, 2, 3])
    #expect(try read(ensemble([good]).fileBytes).get() == ensemble([good]))
    let bad: [(Tree, String)] = [
      (Tree(splits: [split(0, ~0), split(~1, ~2)], leafValues: [1, 2, 3]), "a circle"),
      (Tree(splits: [split(1, ~0), split(0, ~2)], leafValues: [1, 2, 3]), "a way back"),
      (Tree(splits: [split(1, 1), split(~1, ~2)], leafValues: [1, 2, 3]), "two parents"),
      (Tree(splits: [split(~0, ~0), split(~1, ~2)], leafValues: [1, 2, 3]), "no parent"),
      (Tree(splits: [split(2, ~0), split(~1, ~2)], leafValues: [1, 2, 3]), "no such split"),
      (Tree(splits: [split(1, ~3), split(~1, ~2)], leafValues: [1, 2, 3]), "no such leaf"),
      (Tree(splits: [split(~0, ~1, feature: 2)], leafValues: [1, 2]), "no such feature"),
      (Tree(splits: [], leafValues: []), "no leaf"),
      (Tree(splits: [split(~0, ~1)], leafValues: [1, .nan]), "a value that is no number"),
    ]
    for (tree, reason) in bad {
      // Writing does not ask whether a tree makes sense; reading does.
      let bytes = ensemble([]).fileBytes(with: tree)
      guard case .failure(.foreign) = read(bytes) else {
        Issue.record("accepted: \(reason)")
        continue
      }
    }
  }

  @Test("Random bytes behind a right checksum never crash", arguments: 0..<20)
  func noise(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let original = try model().fileBytes
    for _ in 0..<200 {
      var bytes = original
      for _ in 0..<(1 + random.next() % 4) {
        bytes[20 + Int(random.next() % UInt64(bytes.count - 28))] = UInt8(random.next() & 255)
      }
      let hash = XXH64.hash(Array(bytes.dropLast(8)).span.numberBytes)
      for index in 0..<8 {
        bytes[bytes.count - 8 + index] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * index))
      }
      if case .success(let model) = read(bytes), model.featureNames.count == 12 {
        #expect(BoostingData.probe.count == model.scores(BoostingData.probe).count)
      }
    }
  }
}

extension BoostingData {
  /// A few rows with extreme values.
  fileprivate static let probe: [[Float]] = [
    Array(repeating: .nan, count: 12), Array(repeating: .infinity, count: 12),
    Array(repeating: -.infinity, count: 12), Array(repeating: 0, count: 12),
  ]
}

extension TreeEnsemble {
  fileprivate func scores(_ rows: [[Float]]) -> [Double] {
    let matrix = FeatureMatrix(columns: (0..<12).map { column in rows.map { $0[column] } })
    let places = rows.indices.map { Int32($0) }
    return [Double](capacity: rows.count) { predictRaw(matrix, rows: places.span, into: &$0) }
  }

  /// The bytes of the same model with one more tree, which may be impossible.
  fileprivate func fileBytes(with tree: Tree) -> [UInt8] {
    var bytes = Array(fileBytes.dropLast(8))
    func append(_ value: UInt64, _ count: Int) {
      for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
    }
    append(UInt64(tree.leafValues.count), 4)
    for split in tree.splits {
      append(UInt64(split.feature), 4)
      append(UInt64(split.threshold.bitPattern), 4)
      append(split.isMissingLeft ? 1 : 0, 1)
      append(UInt64(UInt32(bitPattern: Int32(split.left))), 4)
      append(UInt64(UInt32(bitPattern: Int32(split.right))), 4)
      append(split.gain.bitPattern, 8)
      append(UInt64(split.count), 8)
    }
    for value in tree.leafValues { append(value.bitPattern, 8) }
    bytes[33] = UInt8(trees.count + 1)
    let size = UInt64(bytes.count + 8)
    for index in 0..<8 { bytes[12 + index] = UInt8(truncatingIfNeeded: size >> UInt64(8 * index)) }
    append(XXH64.hash(bytes.span.numberBytes), 8)
    return bytes
  }
}
