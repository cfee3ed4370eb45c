"""The engine on a cluster: Elasticsearch 8 and 9, OpenSearch 2 and 3. Only here is their client imported.

`configuration` what settings say · `transport` the wire · `connection` deadlines, retries, errors · `mapping` the index ·
`storing` documents in · `queries` plans as queries · `asking` whole requests · `answers` what comes back · `engine` all of
it as the contract has it.
"""
