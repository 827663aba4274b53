internal import QuantCore

/// README.txt, which says what is planted in the data and how.
enum DemonstrationReadme {
  static func text(size: DemonstrationSize, seed: UInt64) -> String {
    """
    Demonstration data of `quant synth`, size \(size.rawValue), seed \(seed).

    An invented market: every firm, deal and price is simulated. About \(size.firmCount) firms at a
    time, decisions at the end of \(size.firstPeriod) to \(size.lastPeriod) (\(size.quarterCount) quarters), a year of history before that.
    The same size and seed give the same bytes on every machine. Amounts are millions of USD.

    fundamentals_quarterly.csv  one line for each report of a fiscal quarter; rdq is the filing date
    fundamentals_annual.csv     the same for fiscal years
    deals.csv                   announcements; the target is known by its CIK
    identifiers.csv             which firm (gvkey) a CIK belonged to, from when to when
    prices.csv                  raw close, split factor, dividend and volume of each day
    delistings.csv              last day of listing and the reason
    spy.csv                     a fund on the simulated market
    demo.json                   a configuration for all of it

    WHAT IS PLANTED

    1. The truth. The probability that a deal is announced in calendar quarter t depends on the
       firm's fiscal quarter t - 2:
         0.008 * wave * linear * bargain * mismatch, at most 0.25
         linear   = (1 - 0.60 squash(profit)) * (1 - 0.45 (assets - m) / (assets + m))
         bargain  = 6 where book/market > 0.7 and the cash score > 0.2 and assets < m, else 1
         mismatch = 2.2 where growth and leverage score have the same sign, else 0.4
       squash(x) = x / sqrt(1 + x^2). m = 500 growing by 0.5 % a quarter. Scores are persistent and
       nearly standard normal; in the tables they show as
         cheq / atq = 0.14 + 0.13 squash(cash),   ltq / atq = 0.5 + 0.25 squash(leverage),
         growth of atq = 0.5 % + 2 % squash(growth) + noise,   oiadpq / atq = 1.8 % + 1.2 % profit.
       Mismatch is an exclusive or, of which a linear model sees nothing; of bargain it sees a part.
       The base rate is 1 to 1.5 % a quarter and moves in waves of 28 quarters between 0.6 and 1.4.
    2. Restatements. About 3 % of the quarterly records come a second time, amended = 1, with a later
       rdq: half of the records that were filed in the year before an announcement, 10 to 60 days
       after it, with niq, oiadpq and oancfy lower by 1.2 to 3 % of assets; and 1 % of the others, 60
       to 400 days later and hardly changed. Whoever uses the last version of a record as if it had
       always been known knows the deals.
    3. Late filers. About 5 % of the quarterly reports come 95 to 180 days after the period end,
       others after 28 to 45 days, or 50 to 80 for the fourth quarter. For 3 % of those in time rdq
       is empty; all of them were filed within 90 days.
    4. Deals end 30 to 300 days after their announcement: 15 % are withdrawn, the others completed,
       and the target is delisted. On the announcement the price jumps by 0.9 of the premium.
    5. A column that leaks. spiq is -1 to -2 % of assets in the first reports that are filed after an
       announcement for periods that ended less than a quarter before it or later. Some of those
       periods ended before the announcement: dated by period end instead of rdq, the column
       foretells the deal.
    6. Splits that leak. Three in ten targets split 2:1 after the announcement, 10 to 28 trading days
       later, if the deal is still pending. Other firms split above 90 USD and reverse-split below
       2 USD. Ratios of raw closes over a split are wrong, and a price level adjusted for later
       splits tells of the deal.
    7. Missing values. Sector 6 is financial: no actq, lctq, invtq, xrdq. Six in ten other firms have
       no xrdq. A group of columns is missing for a whole fiscal year of a firm at a rate that falls
       from 12 % to 5 %, and 1 % of all cells. 0.2 % of all firm-days have no price.
    8. Drift: typical size, the rate of missing values and the merger waves all move.
    9. Other departures: firms with low profit and high leverage fail at 6 % a quarter, others at
       0.1 %; 0.2 % leave for other reasons. A departed firm is followed by a new one after one to
       six quarters.
    10. Identifiers. 3 % of the deals have no target_cik, 3 % one that is in no map. 4 % of the firms
       change their CIK once, and 10 % of the new firms take over the CIK of the one before them.
    11. Other presentations. For 2 % of the records a second line follows that is not (INDL, STD, C,
       D), with values 10 % higher.

    """
  }
}
