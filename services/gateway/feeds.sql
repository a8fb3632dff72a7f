-- name: position
-- How far the catalog has followed the log.
SELECT seq FROM catalog.position WHERE stream = $1;

-- name: feeds
-- A page of an owner's feeds, newest first, below a place in their list, each with its last import.
SELECT feeds.*, coalesce((current.counts ->> 'products')::int, 0) AS products, row_to_json(last)::jsonb AS last
FROM catalog.feeds
LEFT JOIN catalog.imports AS current ON current.feed = feeds.id AND current.number = feeds.current
LEFT JOIN LATERAL (
    SELECT imports.*, (SELECT count(*) FROM catalog.problems WHERE problems.import = imports.id) AS problems_kept
    FROM catalog.imports WHERE imports.feed = feeds.id ORDER BY number DESC LIMIT 1
) AS last ON true
WHERE feeds.owner = $1 AND feeds.deleted_at IS NULL AND feeds.number < $2 AND ($4::uuid IS NULL OR feeds.id = $4)
ORDER BY feeds.number DESC
LIMIT $3;

-- name: many_feeds
SELECT count(*) FROM catalog.feeds WHERE owner = $1 AND deleted_at IS NULL;

-- name: imports
-- A page of a feed's imports, newest first, below a number; or one of them, or the one that was asked for with a key.
SELECT imports.*, (SELECT count(*) FROM catalog.problems WHERE problems.import = imports.id) AS problems_kept
FROM catalog.imports
WHERE feed = $1 AND owner = $2 AND number < $3::bigint AND ($5::uuid IS NULL OR id = $5)
    AND ($6::text IS NULL OR idempotency_key = $6)
ORDER BY number DESC
LIMIT $4;

-- name: problems
-- A page of the rows of an import that make no product, in the feed's order, behind a number.
SELECT number, line, "column", product AS id, message FROM catalog.problems
WHERE import = $1 AND number > $2::bigint
ORDER BY number
LIMIT $3;

-- name: products
-- A page of a feed's products in the order they came, behind a place; each pattern of $5 must be in what they are called.
SELECT known.* FROM (
    SELECT products.number, product, fingerprint, products.folded,
           CASE WHEN gone_in IS NOT NULL THEN 'gone' WHEN new_in = feeds.current THEN 'new'
                WHEN changed_in = feeds.current THEN 'changed' ELSE 'same' END AS state
    FROM catalog.products JOIN catalog.feeds ON feeds.id = products.feed
    WHERE products.feed = $1 AND feeds.owner = $2 AND feeds.deleted_at IS NULL AND products.number > $3
) AS known
WHERE ($6::text IS NULL OR state = $6) AND (cardinality($5::text[]) = 0 OR folded LIKE ALL ($5::text[]))
ORDER BY number
LIMIT $4;

-- name: product
-- A product of a feed by its id, gone or not.
SELECT product
FROM catalog.products JOIN catalog.feeds ON feeds.id = products.feed
WHERE products.feed = $1 AND feeds.owner = $2 AND feeds.deleted_at IS NULL AND products.id = $3;
