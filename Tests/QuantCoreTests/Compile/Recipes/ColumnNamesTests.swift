import QuantCore
import Testing

@Suite("Names of the columns of a configuration")
struct ColumnNamesTests {
  private func names(_ sources: String) throws -> [String] {
    let text = """
      {grid: {}, labels: {column: 'y', horizons: [12]}, features: [{recipe: 'level', of: 'x'}],
       fundamentals: [\(sources)]}
      """
    var reader = try ConfigurationReader(
      JSONValue(parsing: Array(text.utf8), source: "test"), path: "compile")
    return try CompileConfiguration(from: &reader).columnNames
  }

  @Test("A column goes by its own name, and by that of its source before it")
  func oneSource() throws {
    #expect(
      try names("{name: 'q', file: 'q.csv', firm: 'f', periodEnd: 'd', values: ['a', 'b']}")
        == ["a", "q.a", "b", "q.b"])
  }

  @Test("A column of two sources needs the name of one")
  func twoSources() throws {
    #expect(
      try names(
        """
        {name: 'q', file: 'q.csv', firm: 'f', periodEnd: 'd', values: ['a', 'b']},
        {name: 'y', file: 'y.csv', firm: 'f', periodEnd: 'd', values: ['b', 'c']}
        """) == ["a", "q.a", "q.b", "y.b", "c", "y.c"])
  }
}
