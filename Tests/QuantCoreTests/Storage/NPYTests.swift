import QuantCore
import QuantTestSupport
import Testing

@Suite("NumPy arrays")
struct NPYTests {
  private func fixture(_ name: String) -> String { FixtureFile.path("storage/" + name) }

  private func values<Element: NPYElement>(_ name: String) throws -> [Element] {
    let array = try NPY.open(fixture(name), of: Element.self).elements
    return (0..<array.count).map { array[$0] }
  }

  private func parse(_ bytes: [UInt8]) throws(StorageError) -> NPYHeader {
    try NPYHeader(parsing: bytes.span.numberBytes, path: "x.npy")
  }

  /// A file of version 1.0 around a dictionary, with so many bytes of data.
  private func file(_ dictionary: String, data: Int = 0) -> [UInt8] {
    let text = Array(dictionary.utf8)
    let length = [
      UInt8(truncatingIfNeeded: text.count), UInt8(truncatingIfNeeded: text.count >> 8),
    ]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + text
      + [UInt8](repeating: 0, count: data)
  }

  @Test("The header of a small array, byte for byte")
  func literal() {
    let expected =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"
      + String(repeating: " ", count: 60) + "\n"
    let header = NPY.header(type: .float32, shape: [3])
    #expect(header.count == 128 && header.prefix(10) == [0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0])
    #expect(String(decoding: header.dropFirst(10), as: UTF8.self) == expected)
  }

  @Test("Values that NumPy wrote")
  func numpy() throws {
    let floats: [Float] = try values("float32.npy")
    #expect(
      floats.map(\.bitPattern)
        == [0, 0x8000_0000, 0x3FC0_0000, 0x7FC0_0000, 0x7F80_0000, 0x8003_89F8])
    #expect(try values("float64.npy") == [1.0 / 3, -1e300, 0x1p-1074])
    #expect(try values("int8.npy") == [Int8.min, .max, 0])
    #expect(try values("int16.npy") == [Int16.min, .max])
    #expect(try values("int32.npy") == [Int32.min, .max, 42])
    #expect(try values("version2.npy") == [Int32.min, .max, 42])
    #expect(try values("int64.npy") == [Int64.min, .max])
    #expect(try values("uint8.npy") == [UInt8(0), 1, 255])
    #expect(try values("uint16.npy") == [UInt16.max])
    #expect(try values("uint32.npy") == [UInt32.max])
    #expect(try values("uint64.npy") == [UInt64.max, 1])
    #expect(try values("empty.npy") == [Float]())
    #expect(try values("scalar.npy") == [2.5])
    let days = try NPY.open(fixture("days.npy"), as: .days, of: Int64.self).elements
    #expect([days[0], days[1], days[2]] == [0, 16_708, .min])
    let flags = try NPY.open(fixture("boolean.npy"), as: .boolean, of: UInt8.self).elements
    #expect([flags[0], flags[1], flags[2]] == [1, 0, 1])
    let text = try NPY.open(fixture("text.npy"), as: .text(width: 8), of: UInt8.self)
    #expect(text.header.shape == [3] && text.elements.count == 24)
    #expect(text.elements[3] == UInt8(ascii: "1") && text.elements[4] == 0)
  }

  @Test("A column-major matrix is mapped in the order of the file")
  func matrix() throws {
    let (header, elements) = try NPY.open(fixture("matrix.npy"), of: Float.self)
    #expect(header.shape == [4, 3] && header.fortranOrder && header.dataOffset % 64 == 0)
    let matrix = FeatureMatrix(elements, rowCount: 4, columnCount: 3, columnStride: 4)
    // NumPy counted row by row: element (row, column) is 3 row + column.
    for row in 0..<4 {
      for column in 0..<3 {
        let found = matrix.column(column)[row]
        #expect(found == Float(3 * row + column))
      }
    }
    #expect(try NPY.open(fixture("rows.npy"), of: Int32.self).header.fortranOrder == false)
    let none = try NPY.open(fixture("emptymatrix.npy"), of: Float.self).header
    #expect(none.shape == [0, 3] && none.count == 0)
  }

  @Test(
    "Files written here equal those of NumPy, byte for byte",
    arguments: [
      "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
      "uint64", "boolean", "days", "text", "matrix", "rows", "scalar", "empty",
    ])
  func writing(name: String) throws {
    let expected = try FileBytes.read(fixture(name + ".npy"))
    let header = try parse(expected)
    let folder = try TemporaryFolder()
    try NPY.write(
      expected.span.numberBytes.extracting(header.dataOffset..<expected.count),
      type: header.type, shape: header.shape, fortranOrder: header.fortranOrder,
      to: folder.file("a.npy"))
    #expect(try FileBytes.read(folder.file("a.npy")) == expected)
  }

  @Test("Headers of every length are padded to 64 bytes and read back", arguments: 0..<30)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let types: [NPYType] = [
      .float32, .float64, .boolean, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32,
      .uint64, .days, .text(width: 1), .text(width: 1_048_576), .unicode(width: 7),
    ]
    for type in types {
      #expect(NPYType(rawValue: type.rawValue) == type)
      let axes = Int(random.next() % 12)
      var shape = (0..<axes).map { _ in Int(random.next() % 3) }
      if axes > 0 { shape[0] = 0 }
      let isFortran = random.next() % 2 == 0
      var bytes = NPY.header(type: type, shape: shape, fortranOrder: isFortran)
      #expect(bytes.count % 64 == 0 && bytes.last == 0x0A)
      bytes += [UInt8](repeating: 0, count: axes == 0 ? type.byteCount : 0)
      let header = try parse(bytes)
      #expect(
        header.type == type && header.shape == shape && header.fortranOrder == isFortran,
        "seed \(seed)")
    }
  }

  @Test("Any order of keys, either quote, any blanks, and Python 2's long integers")
  func dictionaries() throws {
    for text in [
      "{'shape': (2L, 3), 'descr': '<i2', 'fortran_order': False}",
      "{ \"descr\" : \"<i2\",\n\t'fortran_order':False,'shape':(2,3,),}  \n",
    ] {
      let header = try parse(file(text, data: 12))
      #expect(header.shape == [2, 3] && header.type == .int16)
    }
  }

  @Test(
    "Hostile headers are typed errors",
    arguments: [
      "", "{", "{}", "[]", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': False}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)", "{'descr': '<f4' 'shape': (0,)}",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (0,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (0), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': 0, }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1e3,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 0), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), } x",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), 'extra': 1, }",
      "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (0,), }",
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (0,), }",
      "{'descr': '>f4', 'fortran_order': False, 'shape': (0,), }",
      "{'descr': '|O', 'fortran_order': False, 'shape': (0,), }",
      "{'descr': '|S0', 'fortran_order': False, 'shape': (0,), }",
      "{'descr': '|S01', 'fortran_order': False, 'shape': (0,), }",
      "{'descr': '|S-1', 'fortran_order': False, 'shape': (0,), }",
      "{'descr': '|S9999999999', 'fortran_order': False, 'shape': (0,), }",
      "{'descr': '<f4\\', 'fortran_order': False, 'shape': (0,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (" + String(repeating: "0,", count: 65)
        + "), }",
    ])
  func hostile(text: String) {
    #expect {
      try parse(file(text))
    } throws: { error in
      guard case .foreign("x.npy", _, _) = error as? StorageError else { return false }
      return true
    }
  }

  @Test("Every truncation of a file, and every byte too many, is noticed")
  func truncation() throws {
    let whole = try FileBytes.read(fixture("int32.npy"))
    for count in 0..<whole.count {
      #expect(throws: StorageError.self) { try parse(Array(whole[..<count])) }
    }
    #expect(throws: StorageError.truncated(path: "x.npy", expected: 140, actual: 141)) {
      try parse(whole + [0])
    }
    #expect(throws: StorageError.truncated(path: "x.npy", expected: 140, actual: 139)) {
      try parse(Array(whole.dropLast()))
    }
  }

  @Test("Any flipped bit of a header gives a typed error or another valid header")
  func flips() throws {
    let whole = try FileBytes.read(fixture("int32.npy"))
    for bit in 0..<128 * 8 {
      var flipped = whole
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      do throws(StorageError) {
        let header = try parse(flipped)
        #expect(header.dataOffset + header.dataByteCount == whole.count)
      } catch {
        #expect("\(error)".hasPrefix("x.npy: "))
      }
    }
  }

  @Test("Other versions, other types and missing files")
  func refusals() throws {
    var other = NPY.header(type: .int8, shape: [0])
    other[6] = 3
    let path = fixture("bigendian.npy")
    #expect(
      throws: StorageError.unsupportedVersion(
        path: "x.npy", found: "3.0", accepted: "1.0 and 2.0")
    ) { try parse(other) }
    #expect(throws: StorageError.self) { try NPY.open(path, of: Int32.self) }
    #expect(
      throws: StorageError.foreign(
        path: fixture("int32.npy"), found: "elements of type '<i4'", accepted: "'<f4'")
    ) { try NPY.open(fixture("int32.npy"), of: Float.self) }
    #expect(throws: StorageError.missing(path: "none.npy")) {
      try NPY.open("none.npy", of: Float.self)
    }
  }
}
