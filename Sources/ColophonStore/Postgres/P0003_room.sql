-- Room on each page for the new versions of its rows: a claim and a completion write every row of a batch once, and batches are of neighbours.
-- Without it a quarter of those versions went to other pages, and each of them into every index.
ALTER TABLE files SET (fillfactor = 40);
ALTER TABLE runs SET (fillfactor = 40);
-- Results are written by the one transaction that has just completed their run; asking for it once more, row by row, was half of what writing
-- them cost. That each has its run is a rule of fsck's.
ALTER TABLE artifacts DROP CONSTRAINT artifacts_workspace_id_run_id_fkey;
