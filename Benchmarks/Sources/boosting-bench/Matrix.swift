import QuantCore

/// Reads a matrix and turns rows into columns where the file is stored by row.
func matrix(_ path: String) throws -> FeatureMatrix {
  let (header, elements) = try NPY.open(path, of: Float.self)
  let (rows, columns) = (header.shape[0], header.shape[1])
  if header.fortranOrder {
    return FeatureMatrix(elements, rowCount: rows, columnCount: columns, columnStride: rows)
  }
  var turned = [Float](repeating: 0, count: rows * columns)
  let source = elements.span
  var target = turned.mutableSpan
  for start in stride(from: 0, to: rows, by: 64) {
    for column in 0..<columns {
      for row in start..<min(start + 64, rows) {
        target[column * rows + row] = source[row * columns + column]
      }
    }
  }
  return FeatureMatrix(
    ArrayFile(turned), rowCount: rows, columnCount: columns, columnStride: rows)
}
