"""The reconciliation service for OpenRefine and its like: names of a table in, permanent numbers out.

It answers version 0.2 of the Reconciliation Service API (W3C Entity Reconciliation Community Group,
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).
"""
