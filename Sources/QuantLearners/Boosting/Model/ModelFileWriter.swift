internal import QuantCore

/// Writes a model as bytes; equal models give equal bytes.
struct ModelFileWriter {
  private var writer = ByteWriter()

  /// The content of the file of a model.
  static func bytes(_ model: TreeEnsemble) -> [UInt8] {
    var file = ModelFileWriter()
    file.writeHeader(model)
    for tree in model.trees { file.write(tree) }
    file.writer.append(XXH64.hash(file.writer.bytes.span.numberBytes))
    return file.writer.bytes
  }

  private mutating func writeHeader(_ model: TreeEnsemble) {
    let rule = model.rule
    let (link, slope) = ModelFile.code(rule.link)
    writer.append(ModelFile.magic)
    writer.append(ModelFile.version)
    writer.append(UInt64(Self.size(model)))
    let isAveraged = rule.isAveraged ? ModelFile.RuleBits.isAveraged : 0
    let isSingle = rule.isSinglePrecision ? ModelFile.RuleBits.isSinglePrecision : 0
    writer.append([ModelFile.code(model.objective), link, isAveraged | isSingle, 0])
    writer.append(slope)
    writer.append(rule.start)
    writer.append(UInt32(model.featureNames.count))
    writer.append(UInt32(model.trees.count))
    for name in model.featureNames {
      writer.append(UInt32(name.utf8.count))
      writer.append(Array(name.utf8))
    }
  }

  private mutating func write(_ tree: Tree) {
    writer.append(UInt32(tree.leaves.count))
    for split in tree.splits { write(split) }
    for leaf in tree.leaves {
      writer.append(leaf.value)
      writer.append(leaf.weight)
      writer.append(UInt64(leaf.count))
    }
    for case .isOneOf(let set) in tree.splits.map(\.question) {
      for word in set.words { writer.append(word) }
    }
  }

  private mutating func write(_ split: Tree.Split) {
    var bits = split.isMissingLeft ? ModelFile.SplitBits.isMissingLeft : 0
    if split.isZeroMissing { bits |= ModelFile.SplitBits.isZeroMissing }
    if case .isOneOf = split.question { bits |= ModelFile.SplitBits.isCategorical }
    writer.append([bits])
    writer.append(UInt32(split.feature))
    switch split.question {
    case .atMost(let threshold): writer.append(threshold)
    case .isOneOf(let set): writer.append(UInt32(set.words.count))
    }
    writer.append(UInt32(bitPattern: Int32(split.left)))
    writer.append(UInt32(bitPattern: Int32(split.right)))
    writer.append(split.gain)
    writer.append(split.value)
    writer.append(split.weight)
    writer.append(UInt64(split.count))
  }

  private static func size(_ model: TreeEnsemble) -> Int {
    var size = ModelFile.headerBytes + ModelFile.checksumBytes
    for name in model.featureNames { size += 4 + name.utf8.count }
    for tree in model.trees {
      size += 4 + tree.splits.count * ModelFile.splitBytes
      size += tree.leaves.count * ModelFile.leafBytes
      for case .isOneOf(let set) in tree.splits.map(\.question) { size += 4 * set.words.count }
    }
    return size
  }
}
