import Foundation
import QuantCore
import QuantTestSupport
import Testing

@testable import quant

/// One way to spoil a market so that it must be refused: what is replaced, and what the error says.
struct HostileMarket: CustomTestStringConvertible, Sendable {
  /// The file that is spoiled.
  enum Place: String, Sendable { case configuration, records, deals }

  let place: Place
  let old: String
  let new: String
  let code: ErrorCode
  let texts: [String]

  var testDescription: String { "\(place.rawValue): \(old) → \(new)" }

  func spoil(_ market: inout MiniMarket) throws {
    func replaced(_ text: String) throws -> String {
      let range = try #require(text.range(of: old), "\(testDescription)")
      return text.replacingCharacters(in: range, with: new)
    }
    switch place {
    case .configuration: market.configuration = try replaced(market.configuration)
    case .records: market.records = try replaced(market.records)
    case .deals: market.deals = try replaced(market.deals)
    }
  }

  private static func cases(
    _ place: Place, _ code: ErrorCode, _ texts: [String], _ old: String, _ new: [String]
  ) -> [HostileMarket] {
    new.map { HostileMarket(place: place, old: old, new: $0, code: code, texts: texts) }
  }

  static let all = configurations + tables

  static let configurations: [HostileMarket] =
    cases(
      .configuration, .configuration, ["compile.grid.first"], "first: \"2012Q1\"",
      [
        "first: \"\"", "first: 2012", "first: \"2012Q5\"", "first: \"2012Q0\"", "first: \"Q1\"",
        "first: [\"2012Q1\"]", "first: \"2012-01\"", "first: \"99999Q1\"",
        "first: true",
      ])
    + cases(
      .configuration, .configuration, ["compile.labels.horizons"], "[3, 6]",
      [
        "[]", "[0]", "[-3]", "[3, 3]", "[1.5]", "3", "[121]", "[1e9]", "[\"3\"]", "[[3]]",
        "[9223372036854775808]", "{}",
      ])
    + cases(
      .configuration, .configuration, ["safeLagDays"], "safeLagDays: 90",
      [
        "safeLagDays: -1", "safeLagDays: 1.5", "safeLagDays: \"90\"",
        "safeLagDays: 1e18", "safeLagDays: 9223372036854775807", "safeLagDays: -0.5",
      ])
    + cases(
      .configuration, .configuration, ["mini.json:7", "a finite number"], "safeLagDays: 90",
      ["safeLagDays: NaN", "safeLagDays: Infinity"])
    + cases(
      .configuration, .configuration, ["compile.events.covered"], "coveredFrom: \"2012-01-01\"",
      [
        "coveredFrom: \"2012-13-01\"", "coveredFrom: \"2012-02-30\"", "coveredFrom: \"tomorrow\"",
        "coveredFrom: 20120101", "coveredFrom: \"\"", "coveredFrom: \"9999-12-31\"",
        "coveredFrom: \"0000-01-01\"",
      ])
    + cases(
      .configuration, .configuration, ["compile.features"], "features: [{",
      [
        "features: [], x: [{", "features: [{ recipe: \"none\" }, {", "features: [{}, {",
        "features: [1, {", "features: [\"level\", {", "features: [null, {",
        "features: [{ recipe: 1 }, {", "features: [{ recipe: \"level\" }, {",
        "features: [{ recipe: \"level\", of: [] }, {",
        "features: [{ recipe: \"level\", of: [\"xx\"] }, {",
        "features: [{ recipe: \"level\", of: [\"at\"], lags: -1 }, {",
        "features: [{ recipe: \"level\", of: [\"at\", \"at\"] }, {",
        "features: [{ recipe: \"level\", of: [\"at\"], unknown: 1 }, {",
      ])
    + cases(
      .configuration, .configuration, ["mini.json"], "{\n  compile",
      [
        "", "[", "{{", "\u{0}{ compile", "null, compile", "{ \"a\": 1, \"a\": 2, compile",
        "{ compile: {}, compile", "{ unknown: 1, compile", "{ train: 1, compile",
        "{ evaluate: { topK: -1 }, compile", "{ /* open, compile", "{ a: 'b, compile",
        "{ \"\\ud800\": 1, compile", "{ 0x: 1, compile",
        String(repeating: "[", count: 2000) + "{ compile",
      ])
    + cases(
      .configuration, .configuration, ["compile.f"], "values: [\"at\", \"ni\"]",
      [
        "values: []", "values: [\"\"]", "values: \"at\"", "values: [1]", "values: null",
        "values: [\"at\", \"at\"]", "values: [\"gvkey\"]", "values: [\"at\"], keys: [\"at\"]",
      ])
    + cases(
      .configuration, .missingColumn, ["records.csv"], "firm: \"gvkey\", periodEnd",
      ["firm: \"gvke\", periodEnd", "firm: \"GVKEY\", periodEnd", "firm: \" gvkey\", periodEnd"])
    + cases(
      .configuration, .missingInput, ["none"], "file: \"records.csv\"",
      [
        "file: \"none.csv\"", "file: \"none/records.csv\"", "file: \"../none.csv\"",
        "file: \"none.parquet\"", "file: \"none.csv.gz\"",
      ])

  static let tables: [HostileMarket] =
    cases(
      .records, .badValue, ["records.csv:2"], ",2011-12-31,",
      [
        ",2011-12-32,", ",2011-13-31,", ",31.12.2011,", ",2011-2-3,", ",x,", ",0000-00-00,",
        ",99999-01-01,", ",-2011-12-31,", ",20111,",
        ",2011-12-31x,", ",1e5,",
      ])
    + cases(
      .records, .badValue, ["records.csv:2", "at"], ",107,",
      [
        ",1O7,", ",1 07,", ",0x1F,", ",1.2.3,", ",1e,", ",--1,", ",$107,", ",107%,", ",(107),",
        ",1_000,", ",true,", ",\u{663}\u{664},", ",\u{2212}5,", ",1e5e5,", ",+-1,", ",1d5,",
      ])
    + cases(
      .records, .infiniteValue, ["records.csv:2", "at"], ",107,",
      [",inf,", ",-inf,", ",Infinity,", ",1e39,", ",-1e300,", ",1e999999,"])
    + cases(
      .records, .fieldCount, ["records.csv:2"], ",107,",
      [",107,5,", ",", ",1,070,", ",107,,"])
    + cases(.records, .quoting, ["records.csv:2"], "000001,", ["\"000001,", "\"000001\"x,"])
    + cases(
      .records, .encoding, ["records.csv:2"], "000001,", ["000001\u{0},", "\u{0},"])
    + cases(
      .records, .duplicateColumn, ["records.csv"], "at,ni", ["at,at", "gvkey,ni"])
    + cases(
      .records, .missingColumn, ["records.csv"], "gvkey,datadate,rdq,at,ni",
      [
        "gvkey,datadate,rdq,at,x", "\"gvkey,datadate,rdq,at,ni\"", "gvkey;datadate;rdq;at;ni",
        "gvkey\tdatadate\trdq\tat\tni", "GVKEY,datadate,rdq,at,ni", "1,2,3,4,5",
        "gvkey,datadate,rdq,at ,ni",
      ])
    + cases(
      .deals, .badValue, ["deals.csv:2"], "2012-11-10",
      ["2012-11-31", "soon", "41223", "10/11/12", "NaT"])
    + cases(.deals, .fieldCount, ["deals.csv:2"], "2012-11-10", ["2012-11-10,x", "2012-11-10,,"])
    + cases(.deals, .missingColumn, ["deals.csv"], "announced", ["announcement", "", "date"])
}
