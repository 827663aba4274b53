internal import QuantCore

/// Reads what `ModelFileWriter` wrote.
///
/// Nothing is believed before the checksum holds, and nothing is allocated beyond a small multiple of the
/// size of the bytes.
struct ModelFileReader: ~Escapable {
  private var reader: ByteReader
  private let path: String

  /// Reads the model of a whole file.
  static func model(_ bytes: RawSpan, path: String) throws(StorageError) -> TreeEnsemble {
    var file = ModelFileReader(reader: ByteReader(bytes, path: path), path: path)
    try file.checkFrame(bytes)
    return try file.model()
  }

  @_lifetime(copy reader)
  private init(reader: consuming ByteReader, path: String) {
    self.reader = reader
    self.path = path
  }

  private func foreign(_ found: String) -> StorageError {
    .foreign(path: path, found: found, accepted: "a gradient boosting model of quant")
  }

  /// Checks name, version, size and checksum.
  @_lifetime(self: copy self)
  private mutating func checkFrame(_ bytes: RawSpan) throws(StorageError) {
    guard bytes.byteCount >= ModelFile.magic.count,
      ModelFile.magic.indices.allSatisfy({ bytes.byte(at: $0) == ModelFile.magic[$0] })
    else { throw foreign("another format") }
    _ = try reader.word64()
    let version = try reader.word32()
    guard version == ModelFile.version else {
      throw .unsupportedVersion(
        path: path, found: "\(version)", accepted: "\(ModelFile.version)")
    }
    let size = try reader.word64()
    guard size == UInt64(bytes.byteCount) else {
      throw .truncated(
        path: path, expected: Int(clamping: size), actual: bytes.byteCount)
    }
    let content = bytes.byteCount - ModelFile.checksumBytes
    guard content >= reader.offset,
      XXH64.hash(bytes.extracting(0..<content)) == bytes.word64(at: content)
    else { throw .corrupted(path: path, offset: 0) }
    reader.end = content
  }

  @_lifetime(self: copy self)
  private mutating func model() throws(StorageError) -> TreeEnsemble {
    guard let objective = ModelFile.objective(try reader.byte()) else {
      throw foreign("an unknown objective")
    }
    let rule = try rule()
    let featureCount = try reader.count(atLeast: 4)
    let treeCount = try reader.count(atLeast: 4 + ModelFile.leafBytes)
    var names: [String] = []
    names.reserveCapacity(featureCount)
    for index in 0..<featureCount {
      guard let name = try reader.text() else { throw foreign("name \(index), which is no UTF-8") }
      names.append(name)
    }
    var trees: [Tree] = []
    trees.reserveCapacity(treeCount)
    for index in 0..<treeCount {
      let tree = try tree(index)
      if let defect = tree.defect(features: featureCount) {
        throw foreign("tree \(index) with \(defect)")
      }
      trees.append(tree)
    }
    guard reader.offset == reader.end else { throw foreign("bytes after the last tree") }
    return TreeEnsemble(objective: objective, featureNames: names, rule: rule, trees: trees)
  }

  @_lifetime(self: copy self)
  private mutating func rule() throws(StorageError) -> ScoreRule {
    let (code, bits, zero) = (try reader.byte(), try reader.byte(), try reader.byte())
    let (slope, start) = (try reader.double(), try reader.double())
    let isAveraged = bits & ModelFile.RuleBits.isAveraged
    let isSingle = bits & ModelFile.RuleBits.isSinglePrecision
    guard let link = ModelFile.link(code, slope: slope), bits == isAveraged | isSingle, zero == 0,
      start.isFinite
    else { throw foreign("link \(code) of slope \(slope), rule \(bits), start score \(start)") }
    return ScoreRule(
      start: start, link: link, isAveraged: isAveraged != 0, isSinglePrecision: isSingle != 0)
  }

  @_lifetime(self: copy self)
  private mutating func tree(_ number: Int) throws(StorageError) -> Tree {
    let leafCount = try reader.count(atLeast: ModelFile.leafBytes)
    guard leafCount > 0 else { throw foreign("tree \(number) without leaves") }
    guard (leafCount - 1) * ModelFile.splitBytes <= reader.end - reader.offset else {
      throw foreign("tree \(number) with \(leafCount) leaves, more than bytes are left for")
    }
    var splits: [Tree.Split] = []
    splits.reserveCapacity(leafCount - 1)
    var wordCounts: [(split: Int, words: Int)] = []
    for index in 0..<leafCount - 1 {
      let (split, words) = try split(number, index)
      splits.append(split)
      if let words { wordCounts.append((index, words)) }
    }
    var leaves: [Tree.Leaf] = []
    leaves.reserveCapacity(leafCount)
    for index in 0..<leafCount {
      let (value, weight) = (try reader.double(), try reader.double())
      guard let count = Int(exactly: try reader.word64()) else {
        throw foreign("tree \(number) with an impossible count of leaf \(index)")
      }
      leaves.append(Tree.Leaf(value: value, weight: weight, count: count))
    }
    for (split, words) in wordCounts {
      splits[split].question = .isOneOf(try categories(words, tree: number, split: split))
    }
    return Tree(splits: splits, leaves: leaves)
  }

  /// A split, and the number of words of its categories, which come later.
  @_lifetime(self: copy self)
  private mutating func split(
    _ tree: Int, _ index: Int
  ) throws(StorageError) -> (Tree.Split, words: Int?) {
    let bits = try reader.byte()
    let feature = Int(try reader.word32())
    let number = try reader.word32()
    let left = Int(Int32(bitPattern: try reader.word32()))
    let right = Int(Int32(bitPattern: try reader.word32()))
    let (gain, value, weight) = (try reader.double(), try reader.double(), try reader.double())
    guard let count = Int(exactly: try reader.word64()), bits < 8 else {
      throw foreign("tree \(tree) with an impossible count or kind of split \(index)")
    }
    let isCategorical = bits & ModelFile.SplitBits.isCategorical != 0
    let split = Tree.Split(
      feature: feature, question: .atMost(isCategorical ? 0 : Float(bitPattern: number)),
      isMissingLeft: bits & ModelFile.SplitBits.isMissingLeft != 0,
      isZeroMissing: bits & ModelFile.SplitBits.isZeroMissing != 0, left: left, right: right,
      gain: gain, value: value, weight: weight, count: count)
    return (split, isCategorical ? Int(number) : nil)
  }

  @_lifetime(self: copy self)
  private mutating func categories(
    _ count: Int, tree: Int, split: Int
  ) throws(StorageError) -> CategorySet {
    guard count <= (reader.end - reader.offset) / 4 else {
      throw foreign("tree \(tree) with more categories of split \(split) than bytes are left for")
    }
    var words: [UInt32] = []
    words.reserveCapacity(count)
    for _ in 0..<count { words.append(try reader.word32()) }
    guard words.last != 0 else {
      throw foreign("tree \(tree) with a needless zero after the categories of split \(split)")
    }
    return CategorySet(words: words)
  }
}
