/// The words after the program's name, in pairs of `--name value`.
struct Options {
  private var values: [String: String] = [:]

  init(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let name = rest.popFirst(), let value = rest.popFirst() {
      values[String(name.drop { $0 == "-" })] = value
    }
  }

  subscript(name: String) -> String? { values[name] }
  func text(_ name: String) -> String { values[name] ?? "" }
  func number(_ name: String, _ standard: Int) -> Int {
    values[name].flatMap { Int($0) } ?? standard
  }
}
