import QuantCore
import Testing

@testable import QuantLearners

@Suite("Rows of a leaf, counted by hessians")
struct RowsByHessianTests {
  @Test("A node of 50 rows and 100 quanta: 20 rows are 19.5 times 2 quanta")
  func literal() {
    let rules = SplitRules(minimumRows: 20).within(NodeSum(gradient: 0, hessian: 100, count: 50))
    #expect(rules.accepts(NodeSum(gradient: 0, hessian: 39, count: 3)))
    #expect(!rules.accepts(NodeSum(gradient: 0, hessian: 38, count: 49)))
    let strict = SplitRules(minimumRows: 1, minimumHessian: 60)
      .within(NodeSum(gradient: 0, hessian: 100, count: 50))
    #expect(strict.minimumHessian == 60, "the larger demand counts")
  }

  @Test("Equal hessians give true counts", arguments: [1, 2, 20, 1_000])
  func equal(_ minimum: Int) {
    let rules = SplitRules(minimumRows: minimum)
      .within(NodeSum(gradient: 5, hessian: 8_191 * 4_000, count: 4_000))
    for count in [1, 2, 19, 20, 21, 999, 1_000, 1_001] {
      let sum = NodeSum(gradient: 1, hessian: 8_191 * Int64(count), count: count)
      #expect(rules.accepts(sum) == (count >= minimum))
    }
  }

  @Test("No demand overflows", arguments: [1, 1_000_000_000])
  func limits(_ minimum: Int) {
    let wide = NodeSum(gradient: 0, hessian: 1 << 56, count: 1)
    #expect(SplitRules(minimumRows: minimum).within(wide).minimumHessian >= 1 << 55)
    let empty = SplitRules(minimumRows: minimum).within(NodeSum())
    #expect(!empty.accepts(NodeSum()), "a child without hessian has no value")
  }
}
