BEGIN TRANSACTION;
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
INSERT INTO "alembic_version" VALUES('0001');
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
INSERT INTO "consent" VALUES(1,1,'4.0','2026-01-02',NULL,NULL,NULL,'2026-01-12T09:15:00.000+01:00','C. Rossi',NULL,NULL);
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
CREATE TABLE correction (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	patient_id INTEGER, 
	kind VARCHAR NOT NULL, 
	record_id INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	old VARCHAR, 
	new VARCHAR, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_correction PRIMARY KEY (id)
);
INSERT INTO "correction" VALUES(1,'2026-02-03T16:40:00.000+01:00','C. Rossi',1,'patient',1,'age','57','58','Typing error');
INSERT INTO "correction" VALUES(2,'2026-02-03T16:40:00.000+01:00','M. Bianchi',1,'mrd',1,'target_copies','["9", "copies", "", "9"]','["90", "copies", "", "90"]','Digit lost');
INSERT INTO "correction" VALUES(3,'2026-02-04T08:05:00.000+01:00','C. Rossi',1,'identity',1,'family_name','Muller','Müller-Δ','Typing error');
INSERT INTO "correction" VALUES(4,'2026-02-04T08:05:00.000+01:00','C. Rossi',1,'history',1,'voided',NULL,'Wrong patient','Wrong patient');
INSERT INTO "correction" VALUES(5,'2026-02-04T08:05:00.000+01:00','C. Rossi',NULL,'study_fact',0,'site_name','Haematology','Haematology North','The ward was renamed');
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
CREATE TABLE draft (
	"key" VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	saved_at VARCHAR NOT NULL, 
	texts VARCHAR NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY ("key")
);
INSERT INTO "draft" VALUES('mrd/1/0','C. Rossi','2026-02-04T08:05:00.000+01:00','{"target_copies": "4,"}');
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
INSERT INTO "history" VALUES(1,1,'Gout',NULL,NULL,NULL,NULL,NULL,'2026-01-12T09:15:00.000+01:00','C. Rossi','2026-02-04T08:05:00.000+01:00','Wrong patient');
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
INSERT INTO "identity" VALUES(1,1,'Müller-Δ','Ada','1967-05-04','H 1"2',NULL,'2026-01-12T09:15:00.000+01:00','C. Rossi','2026-02-04T08:05:00.000+01:00',NULL);
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
INSERT INTO "patient" VALUES(1,'S042-001','042-001','2026-01-02','F',58,'2026-01-05',NULL,NULL,NULL,'2026-01-12T09:15:00.000+01:00','C. Rossi','2026-02-03T16:40:00.000+01:00',NULL);
INSERT INTO "patient" VALUES(2,'S042-002',NULL,'2026-02','M',61,NULL,NULL,NULL,NULL,'2026-01-12T09:15:00.000+01:00','C. Rossi',NULL,NULL);
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
INSERT INTO "protocol" VALUES(1,'LAL2116','1 (from publications)','PROTOCOL_TEXT','2026-01-02T08:00:00.000+01:00','C. Rossi');
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
CREATE TABLE study_fact (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_study_fact PRIMARY KEY (name)
);
INSERT INTO "study_fact" VALUES('site_code','042');
INSERT INTO "study_fact" VALUES('site_name','Haematology North');
INSERT INTO "study_fact" VALUES('synthetic','no');
INSERT INTO "study_fact" VALUES('created_at','2026-01-02T08:00:00.000+01:00');
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
CREATE INDEX ix_correction_kind_record_id ON correction (kind, record_id);
CREATE INDEX ix_correction_patient_id ON correction (patient_id);
CREATE INDEX ix_adverse_event_patient_id ON adverse_event (patient_id);
CREATE INDEX ix_assessment_patient_id ON assessment (patient_id);
CREATE INDEX ix_consent_patient_id ON consent (patient_id);
CREATE INDEX ix_contact_patient_id ON contact (patient_id);
CREATE UNIQUE INDEX uq_death_once ON death (patient_id);
CREATE UNIQUE INDEX uq_disease_once ON disease (patient_id);
CREATE INDEX ix_disposition_patient_id ON disposition (patient_id);
CREATE INDEX ix_eligibility_patient_id ON eligibility (patient_id);
CREATE INDEX ix_exposure_patient_id ON exposure (patient_id);
CREATE INDEX ix_flag_patient_id ON flag (patient_id);
CREATE INDEX ix_history_patient_id ON history (patient_id);
CREATE UNIQUE INDEX uq_identity_once ON identity (patient_id);
CREATE INDEX ix_lab_patient_id ON lab (patient_id);
CREATE INDEX ix_lesion_patient_id ON lesion (patient_id);
CREATE INDEX ix_lumbar_puncture_patient_id ON lumbar_puncture (patient_id);
CREATE INDEX ix_medication_patient_id ON medication (patient_id);
CREATE INDEX ix_mrd_patient_id ON mrd (patient_id);
CREATE INDEX ix_mutation_patient_id ON mutation (patient_id);
CREATE INDEX ix_phase_patient_id ON phase (patient_id);
CREATE INDEX ix_relapse_patient_id ON relapse (patient_id);
CREATE INDEX ix_sample_patient_id ON sample (patient_id);
CREATE INDEX ix_transplant_patient_id ON transplant (patient_id);
CREATE INDEX ix_visit_patient_id ON visit (patient_id);
CREATE INDEX ix_vitals_patient_id ON vitals (patient_id);
CREATE INDEX ix_ae_drug_parent_id ON ae_drug (parent_id);
CREATE INDEX ix_ae_drug_patient_id ON ae_drug (patient_id);
CREATE INDEX ix_ae_grade_parent_id ON ae_grade (parent_id);
CREATE INDEX ix_ae_grade_patient_id ON ae_grade (patient_id);
CREATE INDEX ix_replicate_parent_id ON replicate (parent_id);
CREATE INDEX ix_replicate_patient_id ON replicate (patient_id);
INSERT INTO "mrd" ("id","patient_id","collected","specimen","transcript","target_copies","control_copies","entered_at","entered_by","changed_at") VALUES(1,1,'2026-03-01','BONE MARROW','p190','["90", "copies", "", "90"]','["45310", "copies", "", "45.310"]','2026-02-03T16:40:00.000+01:00','C. Rossi','2026-02-04T08:05:00.000+01:00');
COMMIT;
