internal import QuantCore
internal import QuantFormats

/// Type, shape and first values of NumPy arrays.
enum ArrayInspection {
  /// How many elements, or rows and columns, are shown.
  private static let head = (elements: 10, rows: 5, columns: 6)

  /// An `.npy` file.
  static func file(_ path: String, style: Style) throws -> InspectReport {
    let header = try NPYHeader(parsing: MappedFile(path: path).bytes, path: path)
    let element = try ArrayElements(header.type, of: NPYFile(path: path))
    let order = header.fortranOrder ? "column by column" : "row by row"
    var text =
      "array    \(style.bold(header.type.rawValue)), shape \(shapeText(header)), \(order), "
    text += "elements from byte \(header.dataOffset)\n\n"
    var members = description(header)
    members["kind"] = .string("npy")
    members["path"] = .string(path)
    if header.shape.count == 2 {
      let rows = (0..<min(header.shape[0], head.rows)).map { row in
        (0..<min(header.shape[1], head.columns)).map { column in
          element.text(
            header.fortranOrder
              ? column * header.shape[0] + row : row * header.shape[1] + column)
        }
      }
      let columns = min(header.shape[1], head.columns)
      var table = TextTable((0..<columns).map { .number("[:, \($0)]") })
      for row in rows { table.append(row) }
      text += table.text(style: style)
      members["head"] = .array(rows.map { .array($0.map { .string($0) }) })
    } else {
      let values = (0..<min(header.count, head.elements)).map(element.text)
      text += values.joined(separator: " ") + (header.count > head.elements ? " …\n" : "\n")
      members["head"] = .array(values.map { .string($0) })
    }
    return InspectReport(text: text, members: members)
  }

  /// Every array of an `.npz` file.
  static func archive(_ path: String, style: Style) throws -> InspectReport {
    let archive = try NPZReader(path)
    var table = TextTable([.text("array"), .text("type"), .text("shape"), .text("first values")])
    var arrays: [JSONValue] = []
    for name in archive.names {
      let header = try archive.inflatedHeader(name)
      let element = try ArrayElements(header.type, of: NPZMember(archive: archive, name: name))
      let values = (0..<min(header.count, head.elements)).map(element.text)
      table.append([
        name, header.type.rawValue, shapeText(header),
        values.joined(separator: " ") + (header.count > head.elements ? " …" : ""),
      ])
      var members = description(header)
      members["name"] = .string(name)
      members["head"] = .array(values.map { .string($0) })
      arrays.append(.object(members))
    }
    return InspectReport(
      text: table.text(style: style),
      members: ["kind": .string("npz"), "path": .string(path), "arrays": .array(arrays)])
  }

  private static func description(_ header: NPYHeader) -> [String: JSONValue] {
    [
      "type": .string(header.type.rawValue),
      "shape": .array(header.shape.map { .integer($0) }),
      "fortranOrder": .bool(header.fortranOrder),
    ]
  }

  private static func shapeText(_ header: NPYHeader) -> String {
    let axes = header.shape.map(NumberText.grouped)
    return "(" + axes.joined(separator: " x ") + ")"
  }
}

/// Where the elements of an array come from.
private protocol ArraySource {
  func elements<Element: BitwiseCopyable & Sendable>(
    _ type: NPYType, of element: Element.Type
  ) throws(StorageError) -> ArrayFile<Element>
}

private struct NPYFile: ArraySource {
  let path: String

  func elements<Element: BitwiseCopyable & Sendable>(
    _ type: NPYType, of element: Element.Type
  ) throws(StorageError) -> ArrayFile<Element> {
    try NPY.open(path, as: type).elements
  }
}

private struct NPZMember: ArraySource {
  let archive: NPZReader
  let name: String

  func elements<Element: BitwiseCopyable & Sendable>(
    _ type: NPYType, of element: Element.Type
  ) throws(StorageError) -> ArrayFile<Element> {
    try archive.inflatedArray(name, as: type)
  }
}

/// The elements of an array as texts.
private struct ArrayElements {
  let text: (Int) -> String

  init(_ type: NPYType, of source: some ArraySource) throws(StorageError) {
    switch type {
    case .float32: text = try Self.describing(source, type, Float.self)
    case .float64: text = try Self.describing(source, type, Double.self)
    case .int8: text = try Self.describing(source, type, Int8.self)
    case .int16: text = try Self.describing(source, type, Int16.self)
    case .int32: text = try Self.describing(source, type, Int32.self)
    case .int64: text = try Self.describing(source, type, Int64.self)
    case .uint8: text = try Self.describing(source, type, UInt8.self)
    case .uint16: text = try Self.describing(source, type, UInt16.self)
    case .uint32: text = try Self.describing(source, type, UInt32.self)
    case .uint64: text = try Self.describing(source, type, UInt64.self)
    case .boolean:
      let values = try source.elements(type, of: UInt8.self)
      text = { values[$0] == 0 ? "false" : "true" }
    case .days:
      let values = try source.elements(type, of: Int64.self)
      text = { index in
        Int32(exactly: values[index]).map { CalendarDate(daysSinceEpoch: $0).description } ?? "NaT"
      }
    case .text(let width):
      let column = KeyColumn(try source.elements(type, of: UInt8.self), width: width)
      text = { column[$0].isEmpty ? "''" : column[$0] }
    case .unicode:
      let texts = TextArray(try source.elements(type, of: UInt8.self), type: type)
      text = { texts[$0].map { $0.isEmpty ? "''" : $0 } ?? "no Unicode" }
    }
  }

  private static func describing<Element: BitwiseCopyable & Sendable & CustomStringConvertible>(
    _ source: some ArraySource, _ type: NPYType, _: Element.Type
  ) throws(StorageError) -> (Int) -> String {
    let values = try source.elements(type, of: Element.self)
    return { values[$0].description }
  }
}
