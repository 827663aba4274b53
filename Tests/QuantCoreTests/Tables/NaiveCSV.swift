/// A reader of delimited text that can be checked by eye, as the reference for tests.
///
/// One byte at a time, one state, no chunks; for well-formed input only.
enum NaiveCSV {
  struct Field: Equatable {
    var text: [UInt8] = []
    var isQuoted = false
  }

  struct Record {
    var fields: [Field]
    var line: Int
  }

  static func records(_ bytes: [UInt8], delimiter: UInt8) -> [Record] {
    var records: [Record] = []
    var fields: [Field] = []
    var field = Field()
    var isInside = false
    var line = 1
    var firstLine = 1
    var isBlank = true
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 10 { line += 1 }
      if isInside {
        if byte != 34 {
          field.text.append(byte)
        } else if index < bytes.count, bytes[index] == 34 {
          field.text.append(34)
          index += 1
        } else {
          isInside = false
        }
      } else if byte == 34 {
        isInside = true
        field.isQuoted = true
        isBlank = false
      } else if byte == delimiter {
        fields.append(field)
        field = Field()
        isBlank = false
      } else if byte == 10 {
        if !isBlank { records.append(Record(fields: fields + [field], line: firstLine)) }
        (fields, field, isBlank, firstLine) = ([], Field(), true, line)
      } else if byte == 13, index == bytes.count || bytes[index] == 10 {
        continue
      } else {
        field.text.append(byte)
        isBlank = false
      }
    }
    if !isBlank { records.append(Record(fields: fields + [field], line: firstLine)) }
    return records
  }
}
