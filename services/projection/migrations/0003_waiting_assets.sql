-- Uploads that nobody has looked through yet, for whoever looks for stuck ones.
CREATE INDEX assets_waiting ON assets (uploaded_seq) WHERE state = 'uploaded';
