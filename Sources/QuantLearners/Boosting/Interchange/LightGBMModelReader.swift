internal import QuantCore

/// Reads LightGBM's model text.
enum LightGBMModelReader {
  /// The model of a whole text.
  ///
  /// - Throws: `StorageError.foreign`, `.unsupportedVersion`; `.incomplete` where the text ends early.
  static func model(_ bytes: [UInt8], path: String) throws(StorageError) -> TreeEnsemble {
    var lines = LightGBMLines(bytes, path: path)
    let header = try LightGBMHeader(&lines)
    var trees: [Tree] = []
    var line = nextLine(&lines)
    for (number, size) in header.treeSizes.enumerated() {
      guard let first = line else { throw StorageError.incomplete(path: path, bytes: bytes.count) }
      guard lines.line(first, is: "Tree=\(number)") else {
        let text = Excerpt(bytes[first])
        throw lines.foreign("\(text) in line \(lines.number)", accepted: "Tree=\(number)")
      }
      let reader = try LightGBMTreeReader(
        &lines, name: "Tree=\(number)", features: header.featureNames.count)
      trees.append(try reader.tree())
      line = nextLine(&lines)
      let next = line?.lowerBound ?? bytes.count
      guard next - first.lowerBound == size else {
        throw lines.foreign(
          "Tree=\(number) of \(next - first.lowerBound) bytes",
          accepted: "\(size) bytes, as tree_sizes says")
      }
    }
    guard let end = line else { throw StorageError.incomplete(path: path, bytes: bytes.count) }
    guard lines.line(end, is: "end of trees") else {
      let text = Excerpt(bytes[end])
      throw lines.foreign("\(text) in line \(lines.number)", accepted: "end of trees")
    }
    try checkRest(&lines)
    return TreeEnsemble(
      objective: header.objective, featureNames: header.featureNames, rule: header.rule,
      trees: trees)
  }

  /// The next line that is not blank.
  private static func nextLine(_ lines: inout LightGBMLines) -> Range<Int>? {
    while let line = lines.next() {
      if !line.isEmpty { return line }
    }
    return nil
  }

  /// Sees that the parameters, of which nothing is needed, have their end.
  private static func checkRest(_ lines: inout LightGBMLines) throws(StorageError) {
    while let line = lines.next() {
      guard lines.line(line, is: "parameters:") else { continue }
      while let line = lines.next() {
        if lines.line(line, is: "end of parameters") { return }
      }
      throw .incomplete(path: lines.path, bytes: lines.bytes.count)
    }
  }
}
