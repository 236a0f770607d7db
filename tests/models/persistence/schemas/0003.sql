BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	login VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	must_change BOOLEAN, 
	closed BOOLEAN, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_account PRIMARY KEY (id)
);
CREATE TABLE adverse_event (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	term VARCHAR NOT NULL, 
	verbatim VARCHAR, 
	version VARCHAR NOT NULL, 
	scale VARCHAR, 
	began VARCHAR NOT NULL, 
	ended VARCHAR, 
	ongoing BOOLEAN, 
	outcome VARCHAR, 
	serious BOOLEAN, 
	seriousness VARCHAR, 
	aware VARCHAR, 
	reported VARCHAR, 
	expected BOOLEAN, 
	treatment VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_adverse_event PRIMARY KEY (id), 
	CONSTRAINT fk_adverse_event_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE ae_drug (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	parent_id INTEGER NOT NULL, 
	drug VARCHAR NOT NULL, 
	causality VARCHAR, 
	action VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_ae_drug PRIMARY KEY (id), 
	CONSTRAINT fk_ae_drug_parent_id FOREIGN KEY(parent_id) REFERENCES adverse_event (id), 
	CONSTRAINT fk_ae_drug_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE ae_grade (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	parent_id INTEGER NOT NULL, 
	since VARCHAR NOT NULL, 
	grade VARCHAR NOT NULL, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_ae_grade PRIMARY KEY (id), 
	CONSTRAINT fk_ae_grade_parent_id FOREIGN KEY(parent_id) REFERENCES adverse_event (id), 
	CONSTRAINT fk_ae_grade_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES('0003');
CREATE TABLE assessment (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	assessed VARCHAR NOT NULL, 
	visit VARCHAR, 
	marrow_blasts VARCHAR, 
	blood_blasts BOOLEAN, 
	extramedullary BOOLEAN, 
	neutrophils VARCHAR, 
	platelets VARCHAR, 
	response VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_assessment PRIMARY KEY (id), 
	CONSTRAINT fk_assessment_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	act VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	record_id INTEGER, 
	patient_id INTEGER, 
	old VARCHAR, 
	new VARCHAR, 
	reason VARCHAR NOT NULL, 
	mac BLOB NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
);
CREATE TABLE consent (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	version VARCHAR NOT NULL, 
	signed VARCHAR NOT NULL, 
	taken_by VARCHAR, 
	withdrawn VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_consent PRIMARY KEY (id), 
	CONSTRAINT fk_consent_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE contact (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	date VARCHAR NOT NULL, 
	in_remission BOOLEAN, 
	source VARCHAR, 
	treatment VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_contact PRIMARY KEY (id), 
	CONSTRAINT fk_contact_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE data_cut (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	cut_off VARCHAR NOT NULL, 
	as_of INTEGER NOT NULL, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_data_cut PRIMARY KEY (id)
);
CREATE TABLE death (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	date VARCHAR NOT NULL, 
	cause VARCHAR, 
	related BOOLEAN, 
	details VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_death PRIMARY KEY (id), 
	CONSTRAINT fk_death_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE disease (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	diagnosed VARCHAR, 
	transcript VARCHAR, 
	white_cells VARCHAR, 
	marrow_blasts VARCHAR, 
	blood_blasts VARCHAR, 
	cns_status VARCHAR, 
	extramedullary VARCHAR, 
	ecog VARCHAR, 
	karyotype VARCHAR, 
	fish VARCHAR, 
	immunophenotype VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_disease PRIMARY KEY (id), 
	CONSTRAINT fk_disease_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE disposition (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	event VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	reason VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_disposition PRIMARY KEY (id), 
	CONSTRAINT fk_disposition_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE document (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	dated VARCHAR, 
	about_kind VARCHAR, 
	about_id INTEGER, 
	file_name VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	stored_as VARCHAR NOT NULL, 
	secret VARCHAR NOT NULL, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, shows_identity BOOLEAN, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT fk_document_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE draft (
	actor VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	saved_at VARCHAR NOT NULL, 
	texts VARCHAR NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (actor, "key")
);
CREATE TABLE eligibility (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	criterion VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	value VARCHAR, 
	assessed VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_eligibility PRIMARY KEY (id), 
	CONSTRAINT fk_eligibility_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE exposure (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	drug VARCHAR NOT NULL, 
	dose VARCHAR, 
	began VARCHAR NOT NULL, 
	ended VARCHAR, 
	reason VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_exposure PRIMARY KEY (id), 
	CONSTRAINT fk_exposure_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE flag (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	about_kind VARCHAR NOT NULL, 
	about_id INTEGER NOT NULL, 
	about_field VARCHAR, 
	rule VARCHAR, 
	message VARCHAR NOT NULL, 
	answer VARCHAR, 
	settled VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_flag PRIMARY KEY (id), 
	CONSTRAINT fk_flag_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE history (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	term VARCHAR NOT NULL, 
	category VARCHAR, 
	began VARCHAR, 
	ended VARCHAR, 
	ongoing BOOLEAN, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_history PRIMARY KEY (id), 
	CONSTRAINT fk_history_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE identity (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	family_name VARCHAR, 
	given_name VARCHAR, 
	birth_date VARCHAR, 
	hospital_number VARCHAR, 
	contact VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_identity PRIMARY KEY (id), 
	CONSTRAINT fk_identity_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE lab (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	test VARCHAR NOT NULL, 
	collected VARCHAR NOT NULL, 
	value VARCHAR, 
	laboratory VARCHAR, 
	visit VARCHAR, 
	not_done VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_lab PRIMARY KEY (id), 
	CONSTRAINT fk_lab_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE lab_range (
	id INTEGER NOT NULL, 
	laboratory VARCHAR NOT NULL, 
	test VARCHAR NOT NULL, 
	valid_from VARCHAR NOT NULL, 
	sex VARCHAR, 
	lower VARCHAR, 
	upper VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_lab_range PRIMARY KEY (id)
);
CREATE TABLE lesion (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	gene VARCHAR NOT NULL, 
	call VARCHAR NOT NULL, 
	method VARCHAR, 
	collected VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_lesion PRIMARY KEY (id), 
	CONSTRAINT fk_lesion_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE lumbar_puncture (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	done VARCHAR NOT NULL, 
	visit VARCHAR, 
	drugs VARCHAR, 
	cytology VARCHAR, 
	cells VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_lumbar_puncture PRIMARY KEY (id), 
	CONSTRAINT fk_lumbar_puncture_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE medication (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	indication VARCHAR, 
	dose VARCHAR, 
	frequency VARCHAR, 
	route VARCHAR, 
	began VARCHAR, 
	ended VARCHAR, 
	ongoing BOOLEAN, 
	prophylaxis BOOLEAN, 
	adverse_event INTEGER, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_medication PRIMARY KEY (id), 
	CONSTRAINT fk_medication_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE mrd (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	visit VARCHAR, 
	collected VARCHAR NOT NULL, 
	specimen VARCHAR NOT NULL, 
	transcript VARCHAR NOT NULL, 
	target_copies VARCHAR, 
	control_copies VARCHAR, 
	control_gene VARCHAR, 
	lab_category VARCHAR, 
	lab_ratio VARCHAR, 
	quantifiable_limit VARCHAR, 
	positive_replicates INTEGER, 
	replicates INTEGER, 
	method VARCHAR, 
	international_factor VARCHAR, 
	laboratory VARCHAR, 
	reported VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_mrd PRIMARY KEY (id), 
	CONSTRAINT fk_mrd_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE mutation (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	collected VARCHAR NOT NULL, 
	specimen VARCHAR, 
	result VARCHAR, 
	variant VARCHAR, 
	allele_fraction VARCHAR, 
	method VARCHAR, 
	laboratory VARCHAR, 
	reported VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_mutation PRIMARY KEY (id), 
	CONSTRAINT fk_mutation_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE patient (
	id INTEGER NOT NULL, 
	screening_number VARCHAR NOT NULL, 
	subject_number VARCHAR, 
	screened VARCHAR NOT NULL, 
	sex VARCHAR NOT NULL, 
	age INTEGER, 
	enrolled VARCHAR, 
	screen_failure VARCHAR, 
	screen_failure_reason VARCHAR, 
	synthetic BOOLEAN, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_patient PRIMARY KEY (id), 
	CONSTRAINT uq_patient_screening_number UNIQUE (screening_number), 
	CONSTRAINT uq_patient_subject_number UNIQUE (subject_number)
);
CREATE TABLE phase (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	phase VARCHAR NOT NULL, 
	began VARCHAR NOT NULL, 
	ended VARCHAR, 
	end_reason VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_phase PRIMARY KEY (id), 
	CONSTRAINT fk_phase_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE protocol (
	id INTEGER NOT NULL, 
	protocol_id VARCHAR NOT NULL, 
	version VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	adopted_at VARCHAR NOT NULL, 
	adopted_by VARCHAR NOT NULL, 
	CONSTRAINT pk_protocol PRIMARY KEY (id)
);
CREATE TABLE "query" (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	about_kind VARCHAR NOT NULL, 
	about_id INTEGER NOT NULL, 
	about_field VARCHAR, 
	assigned_to VARCHAR NOT NULL, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_query PRIMARY KEY (id), 
	CONSTRAINT fk_query_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE query_step (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	parent_id INTEGER NOT NULL, 
	act VARCHAR NOT NULL, 
	words VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_query_step PRIMARY KEY (id), 
	CONSTRAINT fk_query_step_parent_id FOREIGN KEY(parent_id) REFERENCES "query" (id), 
	CONSTRAINT fk_query_step_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE record_lock (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	visit INTEGER, 
	act VARCHAR NOT NULL, 
	why VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_record_lock PRIMARY KEY (id), 
	CONSTRAINT fk_record_lock_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE relapse (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	found VARCHAR NOT NULL, 
	sites VARCHAR, 
	marrow_blasts VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_relapse PRIMARY KEY (id), 
	CONSTRAINT fk_relapse_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE replicate (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	parent_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	target_copies VARCHAR, 
	control_copies VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_replicate PRIMARY KEY (id), 
	CONSTRAINT fk_replicate_parent_id FOREIGN KEY(parent_id) REFERENCES mrd (id), 
	CONSTRAINT fk_replicate_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE sample (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	purpose VARCHAR NOT NULL, 
	specimen VARCHAR, 
	collected VARCHAR, 
	sent VARCHAR, 
	laboratory VARCHAR, 
	visit VARCHAR, 
	received VARCHAR, 
	reference VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_sample PRIMARY KEY (id), 
	CONSTRAINT fk_sample_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE signature (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	visit INTEGER, 
	printed_name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	meaning VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	as_of INTEGER NOT NULL, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_signature PRIMARY KEY (id), 
	CONSTRAINT fk_signature_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE study_fact (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_study_fact PRIMARY KEY (name)
);
CREATE TABLE training (
	id INTEGER NOT NULL, 
	login VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	given VARCHAR NOT NULL, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_training PRIMARY KEY (id)
);
CREATE TABLE transplant (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	done VARCHAR NOT NULL, 
	donor VARCHAR, 
	conditioning VARCHAR, 
	remission VARCHAR, 
	engrafted VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_transplant PRIMARY KEY (id), 
	CONSTRAINT fk_transplant_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE verification (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	about_kind VARCHAR NOT NULL, 
	about_id INTEGER NOT NULL, 
	about_field VARCHAR, 
	as_of INTEGER NOT NULL, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_verification PRIMARY KEY (id), 
	CONSTRAINT fk_verification_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE visit (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	date VARCHAR, 
	reason VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_visit PRIMARY KEY (id), 
	CONSTRAINT fk_visit_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE TABLE vitals (
	id INTEGER NOT NULL, 
	patient_id INTEGER NOT NULL, 
	measured VARCHAR NOT NULL, 
	visit VARCHAR, 
	weight VARCHAR, 
	height VARCHAR, 
	temperature VARCHAR, 
	systolic VARCHAR, 
	diastolic VARCHAR, 
	pulse VARCHAR, 
	ecog VARCHAR, 
	comment VARCHAR, 
	entered_at VARCHAR NOT NULL, 
	entered_by VARCHAR NOT NULL, 
	changed_at VARCHAR, 
	voided VARCHAR, 
	CONSTRAINT pk_vitals PRIMARY KEY (id), 
	CONSTRAINT fk_vitals_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
);
CREATE INDEX ix_adverse_event_patient_id ON adverse_event (patient_id);
CREATE INDEX ix_ae_drug_parent_id ON ae_drug (parent_id);
CREATE INDEX ix_ae_drug_patient_id ON ae_drug (patient_id);
CREATE INDEX ix_ae_grade_parent_id ON ae_grade (parent_id);
CREATE INDEX ix_ae_grade_patient_id ON ae_grade (patient_id);
CREATE INDEX ix_assessment_patient_id ON assessment (patient_id);
CREATE INDEX ix_audit_kind_record_id ON audit (kind, record_id);
CREATE INDEX ix_audit_patient_id ON audit (patient_id);
CREATE INDEX ix_consent_patient_id ON consent (patient_id);
CREATE INDEX ix_contact_patient_id ON contact (patient_id);
CREATE INDEX ix_disposition_patient_id ON disposition (patient_id);
CREATE INDEX ix_document_patient_id ON document (patient_id);
CREATE INDEX ix_eligibility_patient_id ON eligibility (patient_id);
CREATE INDEX ix_exposure_patient_id ON exposure (patient_id);
CREATE INDEX ix_flag_patient_id ON flag (patient_id);
CREATE INDEX ix_history_patient_id ON history (patient_id);
CREATE INDEX ix_lab_patient_id ON lab (patient_id);
CREATE INDEX ix_lesion_patient_id ON lesion (patient_id);
CREATE INDEX ix_lumbar_puncture_patient_id ON lumbar_puncture (patient_id);
CREATE INDEX ix_medication_patient_id ON medication (patient_id);
CREATE INDEX ix_mrd_patient_id ON mrd (patient_id);
CREATE INDEX ix_mutation_patient_id ON mutation (patient_id);
CREATE INDEX ix_phase_patient_id ON phase (patient_id);
CREATE INDEX ix_query_patient_id ON "query" (patient_id);
CREATE INDEX ix_query_step_parent_id ON query_step (parent_id);
CREATE INDEX ix_query_step_patient_id ON query_step (patient_id);
CREATE INDEX ix_record_lock_patient_id ON record_lock (patient_id);
CREATE INDEX ix_relapse_patient_id ON relapse (patient_id);
CREATE INDEX ix_replicate_parent_id ON replicate (parent_id);
CREATE INDEX ix_replicate_patient_id ON replicate (patient_id);
CREATE INDEX ix_sample_patient_id ON sample (patient_id);
CREATE INDEX ix_signature_patient_id ON signature (patient_id);
CREATE INDEX ix_transplant_patient_id ON transplant (patient_id);
CREATE INDEX ix_verification_patient_id ON verification (patient_id);
CREATE INDEX ix_visit_patient_id ON visit (patient_id);
CREATE INDEX ix_vitals_patient_id ON vitals (patient_id);
CREATE UNIQUE INDEX uq_death_once ON death (patient_id);
CREATE UNIQUE INDEX uq_disease_once ON disease (patient_id);
CREATE UNIQUE INDEX uq_identity_once ON identity (patient_id);
CREATE VIEW audit_entry AS SELECT at, actor, act, kind, record_id, patient_id, old, new, reason FROM audit;
CREATE TRIGGER audit_account_insert AFTER INSERT ON "account" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'account', new."id", NULL, NULL, json_patch('{}', json_object('changed_at', new."changed_at", 'closed', new."closed", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'login', new."login", 'must_change', new."must_change", 'name', new."name", 'role', new."role", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_consent_insert AFTER INSERT ON "consent" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'consent', new."id", new."patient_id", NULL, json_patch('{}', json_object('changed_at', new."changed_at", 'comment', new."comment", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'signed', new."signed", 'taken_by', new."taken_by", 'version', new."version", 'voided', new."voided", 'withdrawn', new."withdrawn")), audit_reason()); END;
CREATE TRIGGER audit_death_insert AFTER INSERT ON "death" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'death', new."id", new."patient_id", NULL, json_patch('{}', json_object('cause', new."cause", 'changed_at', new."changed_at", 'date', new."date", 'details', new."details", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'related', new."related", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_death_update AFTER UPDATE ON "death" WHEN old."id" IS NOT new."id" OR old."patient_id" IS NOT new."patient_id" OR old."date" IS NOT new."date" OR old."cause" IS NOT new."cause" OR old."related" IS NOT new."related" OR old."details" IS NOT new."details" OR old."entered_at" IS NOT new."entered_at" OR old."entered_by" IS NOT new."entered_by" OR old."changed_at" IS NOT new."changed_at" OR old."voided" IS NOT new."voided" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'update', 'death', new."id", new."patient_id", json_patch('{}', json_object('cause', old."cause", 'changed_at', old."changed_at", 'date', old."date", 'details', old."details", 'entered_at', old."entered_at", 'entered_by', old."entered_by", 'related', old."related", 'voided', old."voided")), json_patch('{}', json_object('cause', new."cause", 'changed_at', new."changed_at", 'date', new."date", 'details', new."details", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'related', new."related", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_disease_insert AFTER INSERT ON "disease" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'disease', new."id", new."patient_id", NULL, json_patch('{}', json_object('blood_blasts', new."blood_blasts", 'changed_at', new."changed_at", 'cns_status', new."cns_status", 'diagnosed', new."diagnosed", 'ecog', new."ecog", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'extramedullary', new."extramedullary", 'fish', new."fish", 'immunophenotype', new."immunophenotype", 'karyotype', new."karyotype", 'marrow_blasts', new."marrow_blasts", 'transcript', new."transcript", 'voided', new."voided", 'white_cells', new."white_cells")), audit_reason()); END;
CREATE TRIGGER audit_disease_update AFTER UPDATE ON "disease" WHEN old."id" IS NOT new."id" OR old."patient_id" IS NOT new."patient_id" OR old."diagnosed" IS NOT new."diagnosed" OR old."transcript" IS NOT new."transcript" OR old."white_cells" IS NOT new."white_cells" OR old."marrow_blasts" IS NOT new."marrow_blasts" OR old."blood_blasts" IS NOT new."blood_blasts" OR old."cns_status" IS NOT new."cns_status" OR old."extramedullary" IS NOT new."extramedullary" OR old."ecog" IS NOT new."ecog" OR old."karyotype" IS NOT new."karyotype" OR old."fish" IS NOT new."fish" OR old."immunophenotype" IS NOT new."immunophenotype" OR old."entered_at" IS NOT new."entered_at" OR old."entered_by" IS NOT new."entered_by" OR old."changed_at" IS NOT new."changed_at" OR old."voided" IS NOT new."voided" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'update', 'disease', new."id", new."patient_id", json_patch('{}', json_object('blood_blasts', old."blood_blasts", 'changed_at', old."changed_at", 'cns_status', old."cns_status", 'diagnosed', old."diagnosed", 'ecog', old."ecog", 'entered_at', old."entered_at", 'entered_by', old."entered_by", 'extramedullary', old."extramedullary", 'fish', old."fish", 'immunophenotype', old."immunophenotype", 'karyotype', old."karyotype", 'marrow_blasts', old."marrow_blasts", 'transcript', old."transcript", 'voided', old."voided", 'white_cells', old."white_cells")), json_patch('{}', json_object('blood_blasts', new."blood_blasts", 'changed_at', new."changed_at", 'cns_status', new."cns_status", 'diagnosed', new."diagnosed", 'ecog', new."ecog", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'extramedullary', new."extramedullary", 'fish', new."fish", 'immunophenotype', new."immunophenotype", 'karyotype', new."karyotype", 'marrow_blasts', new."marrow_blasts", 'transcript', new."transcript", 'voided', new."voided", 'white_cells', new."white_cells")), audit_reason()); END;
CREATE TRIGGER audit_document_insert AFTER INSERT ON "document" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'document', new."id", new."patient_id", NULL, json_patch('{}', json_object('about_id', new."about_id", 'about_kind', new."about_kind", 'changed_at', new."changed_at", 'dated', new."dated", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'file_name', new."file_name", 'media_type', new."media_type", 'secret', new."secret", 'sha256', new."sha256", 'shows_identity', new."shows_identity", 'size', new."size", 'stored_as', new."stored_as", 'title', new."title", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_entry_insert INSTEAD OF INSERT ON audit_entry BEGIN INSERT INTO audit SELECT seq, at, actor, act, kind, record_id, patient_id, old, new, reason, audit_mac(before, json_array(seq, at, actor, act, kind, record_id, patient_id, old, new, reason)) FROM (SELECT (SELECT coalesce(max(seq), 0) + 1 FROM audit) AS seq, new.at AS at, new.actor AS actor, new.act AS act, new.kind AS kind, new.record_id AS record_id, new.patient_id AS patient_id, new.old AS old, new.new AS new, new.reason AS reason, coalesce((SELECT mac FROM audit ORDER BY seq DESC LIMIT 1), x'') AS before); END;
CREATE TRIGGER audit_identity_insert AFTER INSERT ON "identity" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'identity', new."id", new."patient_id", NULL, json_patch('{}', json_object('birth_date', new."birth_date", 'changed_at', new."changed_at", 'contact', new."contact", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'family_name', new."family_name", 'given_name', new."given_name", 'hospital_number', new."hospital_number", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_identity_update AFTER UPDATE ON "identity" WHEN old."id" IS NOT new."id" OR old."patient_id" IS NOT new."patient_id" OR old."family_name" IS NOT new."family_name" OR old."given_name" IS NOT new."given_name" OR old."birth_date" IS NOT new."birth_date" OR old."hospital_number" IS NOT new."hospital_number" OR old."contact" IS NOT new."contact" OR old."entered_at" IS NOT new."entered_at" OR old."entered_by" IS NOT new."entered_by" OR old."changed_at" IS NOT new."changed_at" OR old."voided" IS NOT new."voided" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'update', 'identity', new."id", new."patient_id", json_patch('{}', json_object('birth_date', old."birth_date", 'changed_at', old."changed_at", 'contact', old."contact", 'entered_at', old."entered_at", 'entered_by', old."entered_by", 'family_name', old."family_name", 'given_name', old."given_name", 'hospital_number', old."hospital_number", 'voided', old."voided")), json_patch('{}', json_object('birth_date', new."birth_date", 'changed_at', new."changed_at", 'contact', new."contact", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'family_name', new."family_name", 'given_name', new."given_name", 'hospital_number', new."hospital_number", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_mrd_insert AFTER INSERT ON "mrd" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'mrd', new."id", new."patient_id", NULL, json_patch('{}', json_object('changed_at', new."changed_at", 'collected', new."collected", 'comment', new."comment", 'control_copies', new."control_copies", 'control_gene', new."control_gene", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'international_factor', new."international_factor", 'lab_category', new."lab_category", 'lab_ratio', new."lab_ratio", 'laboratory', new."laboratory", 'method', new."method", 'positive_replicates', new."positive_replicates", 'quantifiable_limit', new."quantifiable_limit", 'replicates', new."replicates", 'reported', new."reported", 'specimen', new."specimen", 'target_copies', new."target_copies", 'transcript', new."transcript", 'visit', new."visit", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_mrd_update AFTER UPDATE ON "mrd" WHEN old."id" IS NOT new."id" OR old."patient_id" IS NOT new."patient_id" OR old."visit" IS NOT new."visit" OR old."collected" IS NOT new."collected" OR old."specimen" IS NOT new."specimen" OR old."transcript" IS NOT new."transcript" OR old."target_copies" IS NOT new."target_copies" OR old."control_copies" IS NOT new."control_copies" OR old."control_gene" IS NOT new."control_gene" OR old."lab_category" IS NOT new."lab_category" OR old."lab_ratio" IS NOT new."lab_ratio" OR old."quantifiable_limit" IS NOT new."quantifiable_limit" OR old."positive_replicates" IS NOT new."positive_replicates" OR old."replicates" IS NOT new."replicates" OR old."method" IS NOT new."method" OR old."international_factor" IS NOT new."international_factor" OR old."laboratory" IS NOT new."laboratory" OR old."reported" IS NOT new."reported" OR old."comment" IS NOT new."comment" OR old."entered_at" IS NOT new."entered_at" OR old."entered_by" IS NOT new."entered_by" OR old."changed_at" IS NOT new."changed_at" OR old."voided" IS NOT new."voided" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'update', 'mrd', new."id", new."patient_id", json_patch('{}', json_object('changed_at', old."changed_at", 'collected', old."collected", 'comment', old."comment", 'control_copies', old."control_copies", 'control_gene', old."control_gene", 'entered_at', old."entered_at", 'entered_by', old."entered_by", 'international_factor', old."international_factor", 'lab_category', old."lab_category", 'lab_ratio', old."lab_ratio", 'laboratory', old."laboratory", 'method', old."method", 'positive_replicates', old."positive_replicates", 'quantifiable_limit', old."quantifiable_limit", 'replicates', old."replicates", 'reported', old."reported", 'specimen', old."specimen", 'target_copies', old."target_copies", 'transcript', old."transcript", 'visit', old."visit", 'voided', old."voided")), json_patch('{}', json_object('changed_at', new."changed_at", 'collected', new."collected", 'comment', new."comment", 'control_copies', new."control_copies", 'control_gene', new."control_gene", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'international_factor', new."international_factor", 'lab_category', new."lab_category", 'lab_ratio', new."lab_ratio", 'laboratory', new."laboratory", 'method', new."method", 'positive_replicates', new."positive_replicates", 'quantifiable_limit', new."quantifiable_limit", 'replicates', new."replicates", 'reported', new."reported", 'specimen', new."specimen", 'target_copies', new."target_copies", 'transcript', new."transcript", 'visit', new."visit", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN NOT audit_redacting() BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
CREATE TRIGGER audit_only_next BEFORE INSERT ON audit WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit) BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_patient_insert AFTER INSERT ON "patient" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'patient', new."id", new."id", NULL, json_patch('{}', json_object('age', new."age", 'changed_at', new."changed_at", 'enrolled', new."enrolled", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'screen_failure', new."screen_failure", 'screen_failure_reason', new."screen_failure_reason", 'screened', new."screened", 'screening_number', new."screening_number", 'sex', new."sex", 'subject_number', new."subject_number", 'synthetic', new."synthetic", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_patient_update AFTER UPDATE ON "patient" WHEN old."id" IS NOT new."id" OR old."screening_number" IS NOT new."screening_number" OR old."subject_number" IS NOT new."subject_number" OR old."screened" IS NOT new."screened" OR old."sex" IS NOT new."sex" OR old."age" IS NOT new."age" OR old."enrolled" IS NOT new."enrolled" OR old."screen_failure" IS NOT new."screen_failure" OR old."screen_failure_reason" IS NOT new."screen_failure_reason" OR old."synthetic" IS NOT new."synthetic" OR old."entered_at" IS NOT new."entered_at" OR old."entered_by" IS NOT new."entered_by" OR old."changed_at" IS NOT new."changed_at" OR old."voided" IS NOT new."voided" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'update', 'patient', new."id", new."id", json_patch('{}', json_object('age', old."age", 'changed_at', old."changed_at", 'enrolled', old."enrolled", 'entered_at', old."entered_at", 'entered_by', old."entered_by", 'screen_failure', old."screen_failure", 'screen_failure_reason', old."screen_failure_reason", 'screened', old."screened", 'screening_number', old."screening_number", 'sex', old."sex", 'subject_number', old."subject_number", 'synthetic', old."synthetic", 'voided', old."voided")), json_patch('{}', json_object('age', new."age", 'changed_at', new."changed_at", 'enrolled', new."enrolled", 'entered_at', new."entered_at", 'entered_by', new."entered_by", 'screen_failure', new."screen_failure", 'screen_failure_reason', new."screen_failure_reason", 'screened', new."screened", 'screening_number', new."screening_number", 'sex', new."sex", 'subject_number', new."subject_number", 'synthetic', new."synthetic", 'voided', new."voided")), audit_reason()); END;
CREATE TRIGGER audit_protocol_insert AFTER INSERT ON "protocol" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'protocol', new."id", NULL, NULL, json_patch('{}', json_object('adopted_at', new."adopted_at", 'adopted_by', new."adopted_by", 'protocol_id', new."protocol_id", 'text', new."text", 'version', new."version")), audit_reason()); END;
CREATE TRIGGER audit_study_fact_insert AFTER INSERT ON "study_fact" BEGIN INSERT INTO audit_entry VALUES (audit_moment(), audit_actor(), 'insert', 'study_fact', new.rowid, NULL, NULL, json_patch('{}', json_object('name', new."name", 'value', new."value")), audit_reason()); END;
INSERT INTO "account" VALUES(1,'C. Rossi','Carla Rossi','coordinator',0,NULL,'2026-01-02T08:00:00.000+01:00','C. Rossi',NULL,NULL);
INSERT INTO "account" VALUES(2,'M. Neri','Marco Neri','monitor',0,NULL,'2026-01-02T08:00:00.000+01:00','C. Rossi',NULL,NULL);
INSERT INTO "study_fact" VALUES('site_code','042');
INSERT INTO "study_fact" VALUES('site_name','Haematology North');
INSERT INTO "study_fact" VALUES('synthetic','no');
INSERT INTO "study_fact" VALUES('created_at','2026-01-02T08:00:00.000+01:00');
INSERT INTO "protocol" VALUES(1,'LAL2116','1 (from publications)','PROTOCOL_TEXT','2026-01-02T08:00:00.000+01:00','C. Rossi');
INSERT INTO "patient" VALUES(1,'S042-001','042-001','2026-01-02','F',57,'2026-01-05',NULL,NULL,NULL,'2026-01-12T09:15:00.000+01:00','C. Rossi',NULL,NULL);
INSERT INTO "identity" VALUES(1,1,seal('Müller-Δ','identity.family_name'),seal('Ada','identity.given_name'),seal('1967-05-04','identity.birth_date'),seal('H 1"2','identity.hospital_number'),NULL,'2026-01-12T09:15:00.000+01:00','C. Rossi',NULL,NULL);
INSERT INTO "consent" VALUES(1,1,'4.0','2026-01-02',NULL,NULL,NULL,'2026-01-12T09:15:00.000+01:00','C. Rossi',NULL,NULL);
INSERT INTO "mrd" ("id","patient_id","collected","specimen","transcript","target_copies","control_copies","entered_at","entered_by") VALUES(1,1,'2026-03-01','BONE MARROW','p190','["9", "copies", "", "9"]','["45310", "copies", "", "45.310"]','2026-02-03T16:40:00.000+01:00','C. Rossi');
INSERT INTO "document" VALUES(1,1,'MRD report','2026-03-01','mrd',1,'Mueller Ada.pdf','application/pdf',49,'d6a6796f8ec40b32e9872ded7d184c0db2102e12f55ccdff53b18989f615f2f5','0123456789abcdef0123456789abcdef','AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=','2026-03-09T10:00:00.000+01:00','C. Rossi',NULL,NULL,1);
UPDATE "patient" SET age = 58, changed_at = '2026-02-03T16:40:00.000+01:00' WHERE id = 1;
UPDATE "mrd" SET target_copies = '["90", "copies", "", "90"]', changed_at = '2026-02-04T08:05:00.000+01:00' WHERE id = 1;
INSERT INTO "draft" VALUES('C. Rossi','mrd/1/0','2026-02-04T08:05:00.000+01:00','{"target_copies": "4,"}');
INSERT INTO "disease" ("id","patient_id","transcript","entered_at","entered_by") VALUES(1,1,'p190','2026-01-12T09:15:00.000+01:00','C. Rossi');
INSERT INTO "death" ("id","patient_id","date","cause","entered_at","entered_by") VALUES(1,1,'2026-03-20','LEUKAEMIA','2026-03-21T11:30:00.000+01:00','C. Rossi');
UPDATE "death" SET voided = 'Wrong patient', changed_at = '2026-03-22T08:45:00.000+01:00' WHERE id = 1;
COMMIT;
