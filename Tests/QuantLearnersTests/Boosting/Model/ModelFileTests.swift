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
      objective: .binary, featureNames: ["a", "b"],
      rule: ScoreRule(start: -1.5, link: .logistic(slope: 1)), trees: trees)
  }

  private func tree(_ splits: [Tree.Split], _ values: [Double]) -> Tree {
    Tree(splits: splits, leaves: values.map { Tree.Leaf(value: $0) })
  }

  private func split(_ left: Int, _ right: Int, feature: Int = 0) -> Tree.Split {
    Tree.Split(
      feature: feature, question: .atMost(2), isMissingLeft: true, left: left, right: right,
      gain: 1,
      count: 9)
  }

  /// A model with everything that a file can hold.
  private var rich: TreeEnsemble {
    let splits = [
      Tree.Split(
        feature: 1, question: .isOneOf(CategorySet([0, 31, 32, 95])), isMissingLeft: true, left: 1,
        right: 2, gain: 3.5, value: -0.25, weight: 12.5, count: 40),
      Tree.Split(
        feature: 0, question: .atMost(.infinity), isZeroMissing: true, left: ~0, right: ~1,
        gain: .infinity, value: 1e-300, weight: 7, count: Int(Int32.max) + 9),
      Tree.Split(
        feature: 1, question: .isOneOf(CategorySet([])), left: ~2, right: ~3, gain: 0.1, count: 3),
    ]
    let leaves = [0.5, -0.125, 0x1p-1074, 3].enumerated().map {
      Tree.Leaf(value: $1, weight: Double($0) + 0.5, count: 10 * $0)
    }
    return TreeEnsemble(
      objective: .custom, featureNames: ["größe", ""],
      rule: ScoreRule(
        start: -1.5, link: .logistic(slope: 0.7), isAveraged: true, isSinglePrecision: true),
      trees: [Tree(splits: splits, leaves: leaves), tree([], [2])])
  }

  @Test("A model of one leaf is 94 bytes: header, names, leaf, checksum")
  func literal() throws {
    let model = ensemble([tree([], [0.25])])
    let bytes = model.fileBytes
    #expect(bytes.count == 48 + 2 * 5 + 4 + 24 + 8)
    #expect(bytes.prefix(8) == [0x71, 0x75, 0x61, 0x6E, 0x74, 0x47, 0x42, 0x4D])
    #expect(bytes[8..<12] == [2, 0, 0, 0] && bytes[12] == 94 && bytes[20..<24] == [0, 1, 0, 0])
    #expect(try read(bytes).get() == model)
  }

  @Test("A logistic rises with the score, or the file is refused")
  func slopes() {
    #expect(ModelFile.link(1, slope: 0.7) == .logistic(slope: 0.7))
    for slope in [0, -1, .nan, .infinity] { #expect(ModelFile.link(1, slope: slope) == nil) }
    for code in [0, 2] as [UInt8] { #expect(ModelFile.link(code, slope: 1) == nil) }
  }

  @Test("Categories, zeros as missing, rules and the statistics of nodes come back")
  func everything() throws {
    let again = try read(rich.fileBytes).get()
    #expect(again == rich && again.fileBytes == rich.fileBytes)
    #expect(again.trees[0].splits == rich.trees[0].splits)
    for objective in BoostingObjectiveName.allCases {
      for link in [ScoreLink.identity, .exponential, .logistic(slope: 1)] {
        let model = TreeEnsemble(
          objective: objective, featureNames: ["a"], rule: ScoreRule(start: 0, link: link),
          trees: [tree([], [1])])
        #expect(try read(model.fileBytes).get() == model)
      }
    }
  }

  @Test("Equal models give equal bytes, also where a zero is negative")
  func negativeZero() throws {
    func model(_ zero: Double) -> TreeEnsemble {
      let split = Tree.Split(
        feature: 0, question: .atMost(Float(zero)), left: ~0, right: ~1, gain: zero, value: zero)
      return TreeEnsemble(
        objective: .regression, featureNames: ["a"], rule: ScoreRule(start: zero, link: .identity),
        trees: [Tree(splits: [split], leaves: [Tree.Leaf(value: zero), Tree.Leaf(value: 1)])])
    }
    #expect(model(0) == model(-0.0) && model(0).fileBytes == model(-0.0).fileBytes)
  }

  @Test("Version 1 is refused by its number")
  func oldVersion() {
    var bytes = rich.fileBytes
    bytes[8] = 1
    #expect(
      read(bytes)
        == .failure(.unsupportedVersion(path: "model.gbm", found: "1", accepted: "2")))
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
    let bytes = rich.fileBytes
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
    let good = tree([split(1, ~0), split(~1, ~2)], [1, 2, 3])
    #expect(try read(ensemble([good]).fileBytes).get() == ensemble([good]))
    let bad: [(Tree, String)] = [
      (tree([split(0, ~0), split(~1, ~2)], [1, 2, 3]), "a circle"),
      (tree([split(1, ~0), split(0, ~2)], [1, 2, 3]), "a way back"),
      (tree([split(1, 1), split(~1, ~2)], [1, 2, 3]), "two parents"),
      (tree([split(~0, ~0), split(~1, ~2)], [1, 2, 3]), "no parent"),
      (tree([split(2, ~0), split(~1, ~2)], [1, 2, 3]), "no such split"),
      (tree([split(1, ~3), split(~1, ~2)], [1, 2, 3]), "no such leaf"),
      (tree([split(~0, ~1, feature: 2)], [1, 2]), "no such feature"),
      (tree([], []), "no leaf"),
      (tree([split(~0, ~1)], [1, .nan]), "a value that is no number"),
    ]
    for (tree, reason) in bad {
      // Writing does not ask whether a tree makes sense; reading does.
      let bytes = ensemble([]).fileBytes(with: tree)
      switch read(bytes) {
      case .failure(.foreign): continue
      // A tree takes more bytes than one without leaves has.
      case .failure(.truncated) where tree.leaves.isEmpty: continue
      default: Issue.record("accepted: \(reason)")
      }
    }
  }

  @Test("Random bytes behind a right checksum never crash", arguments: 0..<20)
  func noise(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let original = seed % 2 == 0 ? rich.fileBytes : try model().fileBytes
    for _ in 0..<200 {
      var bytes = original
      for _ in 0..<(1 + random.next() % 4) {
        bytes[20 + Int(random.next() % UInt64(bytes.count - 28))] = UInt8(random.next() & 255)
      }
      let hash = XXH64.hash(Array(bytes.dropLast(8)).span.numberBytes)
      for index in 0..<8 {
        bytes[bytes.count - 8 + index] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * index))
      }
      if case .success(let model) = read(bytes) {
        #expect(model.probeScores().count == ModelProbe.rows)
      }
    }
  }
}

extension TreeEnsemble {
  /// The bytes of the same model with one more tree, which may be impossible.
  fileprivate func fileBytes(with tree: Tree) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(Array(fileBytes.dropLast(8)))
    writer.append(UInt32(tree.leaves.count))
    for split in tree.splits {
      guard case .atMost(let threshold) = split.question else { continue }
      writer.append([split.isMissingLeft ? 2 : 0])
      writer.append(UInt32(split.feature))
      writer.append(threshold)
      writer.append(UInt32(bitPattern: Int32(split.left)))
      writer.append(UInt32(bitPattern: Int32(split.right)))
      for number in [split.gain, split.value, split.weight] { writer.append(number) }
      writer.append(UInt64(split.count))
    }
    for leaf in tree.leaves {
      writer.append(leaf.value)
      writer.append(leaf.weight)
      writer.append(UInt64(leaf.count))
    }
    var bytes = writer.bytes
    bytes[44] = UInt8(trees.count + 1)
    let size = UInt64(bytes.count + 8)
    for index in 0..<8 { bytes[12 + index] = UInt8(truncatingIfNeeded: size >> UInt64(8 * index)) }
    let hash = XXH64.hash(bytes.span.numberBytes)
    return bytes + (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(8 * $0)) }
  }
}
