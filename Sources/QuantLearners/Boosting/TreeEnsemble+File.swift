public import QuantCore

// A model file, little-endian throughout:
//   8 bytes  "quantGBM"          4 bytes  version of the layout
//   8 bytes  size of the file    1 byte   objective
//   8 bytes  start score         4 bytes  number of features
//   4 bytes  number of trees
// then each feature's name (4 bytes length, UTF-8), then each tree (4 bytes number of leaves; each split
// as 4 bytes feature, 4 threshold, 1 side of missing values, 4 left, 4 right, 8 gain, 8 rows; each leaf
// as 8 bytes value), and last the XXH64 of everything before it.
extension TreeEnsemble {
  static let magic = Array("quantGBM".utf8)
  static let formatVersion: UInt32 = 1
  private static let splitBytes = 33

  /// The model as bytes; equal models give equal bytes.
  public var fileBytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(Self.magic)
    writer.append(Self.formatVersion)
    writer.append(UInt64(fileSize))
    writer.append([objective.code])
    writer.append(startScore.bitPattern)
    writer.append(UInt32(featureNames.count))
    writer.append(UInt32(trees.count))
    for name in featureNames {
      let text = Array(name.utf8)
      writer.append(UInt32(text.count))
      writer.append(text)
    }
    for tree in trees {
      writer.append(UInt32(tree.leafValues.count))
      for split in tree.splits {
        writer.append(UInt32(split.feature))
        writer.append(split.threshold.bitPattern)
        writer.append([split.isMissingLeft ? 1 : 0])
        writer.append(UInt32(bitPattern: Int32(split.left)))
        writer.append(UInt32(bitPattern: Int32(split.right)))
        writer.append(split.gain.bitPattern)
        writer.append(UInt64(split.count))
      }
      for value in tree.leafValues { writer.append(value.bitPattern) }
    }
    writer.append(XXH64.hash(writer.bytes.span.numberBytes))
    return writer.bytes
  }

  private var fileSize: Int {
    let names = featureNames.reduce(0) { $0 + 4 + $1.utf8.count }
    let nodes = trees.reduce(0) { $0 + 4 + $1.splits.count * Self.splitBytes }
    return 45 + names + nodes + trees.reduce(0) { $0 + $1.leafValues.count * 8 }
  }

  /// Writes the model; the file appears whole or not at all.
  ///
  /// - Throws: `StorageError.unwritable`.
  public func write(to path: String) throws(StorageError) {
    try AtomicFile.write(fileBytes.span.numberBytes, to: path)
  }

  /// Reads the model of a file.
  ///
  /// - Throws: see `init(fileBytes:path:)`; also `StorageError.missing` and `.unreadable`.
  public init(contentsOf path: String) throws(StorageError) {
    let file = try MappedFile(path: path)
    try self.init(parsing: file.bytes, path: path)
  }

  /// Reads what `fileBytes` gave.
  ///
  /// Nothing is believed before the checksum holds, nothing is allocated beyond the size of the bytes,
  /// and every tree is checked: features and children exist, each node has one parent, and there is no
  /// way around in a circle.
  ///
  /// - Parameters:
  ///   - fileBytes: the whole content of a model file.
  ///   - path: names the file in errors.
  /// - Throws: `StorageError.foreign` for another format or an impossible tree, `.unsupportedVersion`,
  ///   `.truncated`, `.corrupted`.
  public init(fileBytes: [UInt8], path: String) throws(StorageError) {
    try self.init(parsing: fileBytes.span.numberBytes, path: path)
  }

  private init(parsing fileBytes: RawSpan, path: String) throws(StorageError) {
    let accepted = "a gradient boosting model of quant"
    func foreign(_ found: String) -> StorageError {
      .foreign(path: path, found: found, accepted: accepted)
    }
    var reader = ByteReader(fileBytes, path: path)
    guard fileBytes.byteCount >= Self.magic.count,
      Self.magic.indices.allSatisfy({ fileBytes.byte(at: $0) == Self.magic[$0] })
    else { throw foreign("another format") }
    _ = try reader.word64()
    let version = try reader.word32()
    guard version == Self.formatVersion else {
      throw .unsupportedVersion(
        path: path, found: "\(version)", accepted: "\(Self.formatVersion)")
    }
    let size = try reader.word64()
    guard size == UInt64(fileBytes.byteCount) else {
      throw .truncated(
        path: path, expected: Int(min(size, UInt64(Int.max))), actual: fileBytes.byteCount)
    }
    let content = fileBytes.byteCount - 8
    guard content >= reader.offset,
      XXH64.hash(fileBytes.extracting(0..<content)) == fileBytes.word64(at: content)
    else { throw .corrupted(path: path, offset: 0) }
    reader.end = content

    guard let objective = BoostingObjectiveName(code: try reader.byte()) else {
      throw foreign("an unknown objective")
    }
    let startScore = Double(bitPattern: try reader.word64())
    guard startScore.isFinite else { throw foreign("start score \(startScore)") }
    let featureCount = try reader.count(atLeast: 4)
    let treeCount = try reader.count(atLeast: 12)
    var names: [String] = []
    for index in 0..<featureCount {
      guard let name = try reader.text() else { throw foreign("name \(index), which is no UTF-8") }
      names.append(name)
    }
    var trees: [Tree] = []
    for index in 0..<treeCount {
      let (splits, values) = try Self.tree(&reader)
      if let defect = Tree.defect(splits: splits, leafCount: values.count, features: featureCount) {
        throw foreign("tree \(index) with \(defect)")
      }
      guard values.allSatisfy(\.isFinite) else { throw foreign("tree \(index) with no number") }
      trees.append(Tree(splits: splits, leafValues: values))
    }
    guard reader.offset == content else { throw foreign("bytes after the last tree") }
    self.init(
      objective: objective, featureNames: names, startScore: startScore, trees: trees)
  }

  private static func tree(
    _ reader: inout ByteReader
  ) throws(StorageError) -> (splits: [Tree.Split], values: [Double]) {
    let leaves = try reader.count(atLeast: 8)
    var splits: [Tree.Split] = []
    for _ in 0..<max(0, leaves - 1) {
      let feature = Int(try reader.word32())
      let threshold = Float(bitPattern: try reader.word32())
      let isMissingLeft = try reader.byte() == 1
      let left = Int(Int32(bitPattern: try reader.word32()))
      let right = Int(Int32(bitPattern: try reader.word32()))
      let gain = Double(bitPattern: try reader.word64())
      let count = try reader.word64()
      splits.append(
        Tree.Split(
          feature: feature, threshold: threshold, isMissingLeft: isMissingLeft, left: left,
          right: right, gain: gain, count: Int(clamping: count)))
    }
    var values: [Double] = []
    for _ in 0..<leaves { values.append(Double(bitPattern: try reader.word64())) }
    return (splits, values)
  }
}

extension BoostingObjectiveName {
  fileprivate var code: UInt8 {
    switch self {
    case .binary: 0
    case .regression: 1
    }
  }

  fileprivate init?(code: UInt8) {
    guard let name = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = name
  }
}
