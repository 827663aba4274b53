import QuantCore
import QuantTestSupport
import Testing

@Suite("Elementary")
struct ElementaryTests {
  private func number(_ hexadecimal: String) throws -> Double {
    Double(bitPattern: try #require(UInt64(hexadecimal, radix: 16)))
  }

  private func value(_ fields: [String]) throws -> Double {
    let x = try number(fields[1])
    switch fields[0] {
    case "exp": return Elementary.exp(x)
    case "log": return Elementary.log(x)
    case "log1p": return Elementary.log1p(x)
    case "expm1": return Elementary.expm1(x)
    case "logistic": return Elementary.logistic(x)
    case "softplus": return Elementary.softplus(x)
    default: return Elementary.pow(x, try number(fields[2]))
    }
  }

  @Test("Values that are known by hand")
  func literals() {
    #expect(Elementary.exp(0) == 1)
    #expect(Elementary.exp(1) == 2.718281828459045)
    #expect(Elementary.log(1) == 0)
    #expect(Elementary.log(2) == 0.6931471805599453)
    #expect(Elementary.log1p(0) == 0)
    #expect(Elementary.expm1(0) == 0)
    #expect(Elementary.logistic(0) == 0.5)
    #expect(Elementary.softplus(0) == 0.6931471805599453)
    #expect(Elementary.pow(3, 4) == 81)
    #expect(Elementary.pow(2, -1074) == 0x1p-1074)
    #expect(Elementary.pow(2, 1023) == 0x1p1023)
    #expect(Elementary.pow(-2, 3) == -8)
    #expect(Elementary.pow(10, 22) == 1e22)
  }

  // The largest errors on 20,000 points each were 0.506, 0.500, 0.500, 0.524, 0.505, 0.503 and 0.502.
  private static let limits = [
    "exp": 0.51, "log": 0.501, "log1p": 0.501, "expm1": 0.53, "pow": 0.51, "logistic": 0.51,
    "softplus": 0.51,
  ]

  @Test("Against mpmath the error stays just above half a unit in the last place")
  func mpmath() throws {
    let cases = try FileBytes.fields(FixtureFile.path("elementary/elementary.txt"))
    #expect(cases.count > 1_400)
    for fields in cases {
      let found = try value(fields)
      let high = try number(fields[fields.count - 2])
      let low = try number(fields[fields.count - 1])
      guard high.isFinite else {
        #expect(found == high, "\(fields)")
        continue
      }
      let error = abs((found - high) - low) / high.ulp
      #expect(error < Self.limits[fields[0]] ?? 0, "\(fields): \(found), off by \(error) units")
    }
  }

  @Test("Ends of the domains")
  func ends() {
    let (inf, nan) = (Double.infinity, Double.nan)
    #expect(Elementary.exp(inf) == inf && Elementary.exp(-inf) == 0 && Elementary.exp(nan).isNaN)
    #expect(Elementary.exp(709.782712893384).isFinite)
    #expect(Elementary.exp(709.7827128933841) == inf)
    #expect(Elementary.exp(-745.1332191019411) == 0x1p-1074)
    #expect(Elementary.exp(-745.1332191019412) == 0)
    #expect(Elementary.log(0) == -inf && Elementary.log(-0.0) == -inf)
    #expect(Elementary.log(-1).isNaN && Elementary.log(-inf).isNaN && Elementary.log(nan).isNaN)
    #expect(Elementary.log(inf) == inf && Elementary.log(0x1p-1074) == -744.4400719213812)
    #expect(Elementary.log1p(-1) == -inf && Elementary.log1p(-1.5).isNaN)
    #expect(Elementary.log1p(inf) == inf && Elementary.log1p(nan).isNaN)
    #expect(Elementary.log1p(-0.0).sign == .minus && Elementary.log1p(0x1p-1074) == 0x1p-1074)
    #expect(Elementary.expm1(-inf) == -1 && Elementary.expm1(inf) == inf)
    #expect(Elementary.expm1(-0.0).sign == .minus && Elementary.expm1(0x1p-1074) == 0x1p-1074)
    #expect(Elementary.expm1(nan).isNaN && Elementary.expm1(720) == inf)
    #expect(Elementary.logistic(inf) == 1 && Elementary.logistic(-inf) == 0)
    #expect(Elementary.logistic(nan).isNaN && Elementary.softplus(nan).isNaN)
    #expect(Elementary.softplus(inf) == inf && Elementary.softplus(-inf) == 0)
    #expect(Elementary.softplus(1e300) == 1e300)
  }

  @Test("The special cases of pow are those of IEEE 754")
  func powers() {
    let (inf, nan) = (Double.infinity, Double.nan)
    #expect(Elementary.pow(nan, 0) == 1 && Elementary.pow(1, nan) == 1)
    #expect(Elementary.pow(nan, 1).isNaN && Elementary.pow(2, nan).isNaN)
    #expect(Elementary.pow(-8, 1 / 3).isNaN)
    #expect(Elementary.pow(-1, inf) == 1 && Elementary.pow(-1, -inf) == 1)
    #expect(Elementary.pow(0.5, inf) == 0 && Elementary.pow(0.5, -inf) == inf)
    #expect(Elementary.pow(-2, inf) == inf && Elementary.pow(2, -inf) == 0)
    #expect(Elementary.pow(0, -1) == inf && Elementary.pow(-0.0, -1) == -inf)
    #expect(Elementary.pow(-0.0, -2) == inf && Elementary.pow(-0.0, 3).sign == .minus)
    #expect(Elementary.pow(-0.0, 2).sign == .plus && Elementary.pow(0, 0.5) == 0)
    #expect(Elementary.pow(-inf, 3) == -inf && Elementary.pow(-inf, 2) == inf)
    #expect(Elementary.pow(-inf, -3).sign == .minus && Elementary.pow(inf, -1) == 0)
    #expect(Elementary.pow(-1, 0x1p53 - 1) == -1 && Elementary.pow(-1, 1e300) == 1)
    #expect(Elementary.pow(1 + 0x1p-52, 1e300) == inf && Elementary.pow(2, 1e-300) == 1)
    #expect(Elementary.pow(1 - 0x1p-53, 1e300) == 0)
  }

  @Test("Monotone, and logistic and softplus are symmetric", arguments: 0..<8)
  func laws(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<2_000 {
      let x = (random.unit() - 0.5) * 80
      let step = x.nextUp
      #expect(Elementary.exp(x) <= Elementary.exp(step), "seed \(seed), x \(x)")
      #expect(Elementary.logistic(x) <= Elementary.logistic(step), "seed \(seed), x \(x)")
      #expect(Elementary.softplus(x) <= Elementary.softplus(step), "seed \(seed), x \(x)")
      let positive = x.magnitude + 1e-3
      #expect(Elementary.log(positive) <= Elementary.log(positive.nextUp), "x \(positive)")
      let whole = Elementary.logistic(x) + Elementary.logistic(-x)
      #expect(abs(whole - 1) <= 0x1p-52, "seed \(seed), x \(x)")
      let difference = Elementary.softplus(x) - Elementary.softplus(-x)
      #expect(abs(difference - x) <= 4 * x.ulp + 0x1p-51, "seed \(seed), x \(x)")
    }
  }
}
