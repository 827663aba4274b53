package import QuantCore

extension NPZWriter {
  /// Adds an array compressed; such a member cannot be mapped, and NumPy reads it as any other.
  ///
  /// The content is the same everywhere, the compressed bytes depend on the version of zlib.
  ///
  /// - Parameters:
  ///   - name: name of the array, without `.npy`.
  ///   - elements: the bytes of all elements, little-endian, in the order of the file.
  ///   - type: the element type.
  ///   - shape: elements along each axis; their product times the element size must be the size of
  ///     `elements`.
  ///   - level: 1, fast, to 9, small.
  /// - Throws: `StorageError.unwritable`.
  package mutating func addDeflated(
    _ name: String, _ elements: RawSpan, type: NPYType, shape: [Int], fortranOrder: Bool = false,
    level: Int = 6
  ) throws(StorageError) {
    precondition(shape.reduce(type.byteCount, *) == elements.byteCount, "shape and size differ")
    let header = NPY.header(type: type, shape: shape, fortranOrder: fortranOrder)
    var checksum = CRC32()
    checksum.update(header.span.numberBytes)
    checksum.update(elements)
    let compressed: [UInt8]
    do throws(Zlib.Failure) {
      compressed = try Zlib.deflate(
        header.span.numberBytes, elements, level: Int32(min(9, max(1, level))))
    } catch {
      throw .unwritable(
        path: path, reason: "not enough memory to compress '\(name)'", isNoSpace: false)
    }
    try add(
      name, deflated: compressed.span.numberBytes, size: header.count + elements.byteCount,
      checksum: checksum.value)
  }
}
