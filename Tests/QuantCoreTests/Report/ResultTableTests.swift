import QuantCore
import QuantTestSupport
import Testing

@Suite("Result tables") struct ResultTableTests {
  private func text(_ table: ResultTable) -> String {
    String(decoding: table.encoded(), as: UTF8.self)
  }

  @Test("Cells are exact, missing ones empty, texts harmless")
  func cells() {
    var table = ResultTable(["a", "b", "c"])
    table.append([.integer(-3), .number(0.1), .text("x")])
    table.append([.integer(nil), .number(.nan), .missing])
    table.append([.boolean(true), .number(.infinity), .text("=1+1")])
    table.append([.boolean(nil), .rounded(1.23456, 2), .text("a,\"b\"")])
    table.append([.rounded(nil, 2), .number(.leastNonzeroMagnitude), .text("")])
    #expect(
      text(table) == """
        a,b,c
        -3,0.1,x
        ,,
        true,,'=1+1
        ,1.23,"a,""b\"\""
        ,5e-324,

        """)
    #expect(table.rowCount == 5)
  }

  @Test("Every finite number reads back as itself")
  func numbers() throws {
    let seed: UInt64 = 11
    var random = SplitMix64(seed: seed)
    let values = (0..<500).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    var table = ResultTable(["x"])
    for value in values { table.append([.number(value)]) }
    let lines = text(table).split(separator: "\n").dropFirst().map { Double(String($0)) }
    #expect(lines == values.map(Optional.some), "seed \(seed)")
  }

  @Test("A table replaces the file whole, and a folder that is missing is an error")
  func write() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("old".utf8), to: "t.csv")
    var table = ResultTable(["x"])
    table.append([.integer(1)])
    try table.write(to: folder.file("t.csv"))
    #expect(try FileBytes.read(folder.file("t.csv")) == Array("x\n1\n".utf8))
    #expect(try folder.names() == ["t.csv"])
    #expect(throws: StorageError.self) { try table.write(to: folder.file("no/t.csv")) }
  }
}
