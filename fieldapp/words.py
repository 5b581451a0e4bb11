"""The message for each problem code: what happened, then what to do. Used by the window and the command line alike."""

from collections.abc import Iterable
from typing import Protocol

from fieldapp.i18n import N_, Language
from fieldapp.words_of_hubs import HUB_MESSAGES, REFUSED_BY_HUB
from fieldapp.words_of_paper import PRINTING

MESSAGES: dict[str, str] = {
    "problem": N_("Something went wrong. What was saved before is safe."),
    "not_allowed": N_("Your role does not permit this. Ask the supervisor or the administrator."),
    "not_found": N_("There is no such record on this laptop."),
    "invalid_entry": N_("Some fields need to be corrected before this can be saved."),
    # Opening the register
    "not_set_up": N_("This laptop is not set up yet. Set it up, or restore a backup."),
    "already_set_up": N_("This folder already holds a register. Choose another folder, or sign in."),
    "register_without_access": N_(
        "There is a register in this folder but the file that opens it (access.json) is gone. Restore a backup."
    ),
    "access_missing": N_("The file that opens the register (access.json) is gone. Restore a backup."),
    "access_damaged": N_("The file that opens the register (access.json) is damaged. Restore a backup."),
    "access_too_new": N_("A newer version of the program wrote this register. Update the program on this laptop."),
    "slot_damaged": N_("The key of this staff member is damaged. Ask the administrator to reset the password."),
    "register_key_damaged": N_("The key of the register cannot be opened. Restore a backup."),
    "device_keys_missing": N_("The keys of this laptop cannot be read. Restore a backup."),
    "certificate_invalid": N_("The certificate of this laptop is not valid in this operation."),
    "memory_short": N_("There is not enough free memory to check the password. Close other programs and try again."),
    "file_failed": N_("{path} cannot be read or written: {reason}."),
    "path_missing": N_("{path} is not there. If it is on a stick, plug it in again."),
    "not_a_folder": N_("{path} is not a folder."),
    "not_a_file": N_("{path} is a folder, not a file."),
    "folder_not_empty": N_("The folder {path} is not empty. A backup is restored into an empty folder."),
    # Signing in
    "unknown_staff": N_("There is no staff member {short_name} on this laptop."),
    "wrong_password": N_("The password is not right. {left} more tries before this name is locked for some minutes."),
    "sign_in_locked": N_("Too many wrong passwords. Wait {wait_seconds} seconds, then try again."),
    "staff_disabled": N_("This staff member can no longer sign in. Ask the administrator."),
    "clock_behind": N_("The clock of this laptop is behind the last record. Check date and time."),
    "clock_ahead": N_("The clock of this laptop is more than a day after the last record. Check date and time."),
    "settings_not_kept": N_("The settings could not be kept on the disk. They hold until the program ends."),
    "no_screen": N_(
        "There is no screen to open a window on. Run this where there is one, or work without:"
        " “fieldapp demo --out DIR” and “fieldapp --help”."
    ),
    **PRINTING,
    # Recovery key
    "recovery_key_mistyped": N_("The recovery key has a typing mistake. Compare each group of four with the paper."),
    "recovery_key_length": N_("The recovery key has {length} characters; {typed} were typed."),
    "recovery_key_character": N_(
        "A recovery key has no {character} (group {group}). Compare that group with the paper."
    ),
    "recovery_key_wrong": N_("This is not the recovery key of this register."),
    "recovery_key_unread": N_(
        "There is nobody here to copy the recovery key. Give --recovery-key-file a new file that it is written to."
    ),
    # New passwords
    "password_too_short": N_("The password is too short: at least 10 characters."),
    "password_common_password": N_("This is one of the first passwords anybody tries."),
    "password_common_word": N_("This is mostly one common word, which is quickly guessed."),
    "password_name": N_("Names of people or places are quickly guessed."),
    "password_keyboard_row": N_("Rows of keys are quickly guessed."),
    "password_repeats": N_("Repeated characters are quickly guessed."),
    "password_sequence": N_("Sequences such as abcd or 6543 are quickly guessed."),
    "password_date": N_("Dates and years are quickly guessed."),
    "password_too_easy": N_("This password is too quickly guessed."),
    "password_longer": N_("Make it longer."),
    "password_four_words": N_("Four words that have nothing to do with each other are strong and easy to remember."),
    "password_not_only_one_word": N_("Digits or capitals added to one word help little."),
    "password_no_names": N_("Leave out names of people, places and the operation."),
    "password_no_rows": N_("Leave out rows of keys and sequences."),
    "password_no_repeats": N_("Leave out repeated characters."),
    "password_no_dates": N_("Leave out dates and years."),
    # Set-up and staff
    "needed": N_("This is needed."),
    "too_long": N_("This is too long: at most {limit} characters."),
    "unknown_post": N_("There is no such border post: {value}."),
    "unknown_country": N_("There is no such country: {value}."),
    "unknown_time_zone": N_("There is no such time zone: {value}."),
    "bad_device_code": N_("A device code is a letter and a digit, for example A7."),
    "device_code_taken": N_("The device code {value} is in use. Choose another one."),
    "bad_short_name": N_("A short name has 2 to 20 letters or digits and no spaces, for example rosa."),
    "short_name_taken": N_("There is already a staff member {value}."),
    "bad_role": N_("There is no such role: {value}."),
    "member_disabled": N_("{short_name} was disabled and gets no new password. Add them under another short name."),
    "weak_password": N_("The new password is too weak."),
    "own_account": N_("You cannot do this to yourself. Another administrator can."),
    "last_administrator": N_("This is the last administrator. Make another administrator first."),
    "reason_needed": N_("Say why."),
    # Backup and restore
    "backup_exists": N_("{path} already exists. Choose another name; a backup is never written over another one."),
    "backup_cancelled": N_("The backup was stopped. No file was left."),
    "backup_unverified": N_("The backup could not be read back as it was written. Use another stick or disk."),
    "not_a_backup": N_("{path} is not a backup of this program."),
    "backup_damaged": N_("The backup {path} is damaged or cut short. Use another backup."),
    "backup_too_new": N_("A newer version of the program made this backup. Update the program on this laptop."),
    # Between laptops
    "bundle_damaged": N_(
        "{name} is damaged or cut short. Nothing was taken from it; write it again on the other laptop."
    ),
    "bundle_not_for_us": N_("{name} was not written for this laptop. Enrol this laptop on the other one first."),
    "bundle_too_new": N_("A newer version of the program wrote {name}. Update the program on this laptop."),
    "bundle_other_operation": N_("{name} belongs to another operation. Nothing was taken from it."),
    "bundle_unknown_device": N_("{name} comes from a laptop that is not enrolled in this operation."),
    **HUB_MESSAGES,
    "bundle_unverified": N_("{path} could not be read back as it was written. Use another stick."),
    "nobody_to_read": N_("No other laptop is enrolled yet, so nobody could read a bundle. Enrol one first."),
    "not_an_enrolment": N_("{name} is no enrolment file for this laptop. Make a new request and have it certified."),
    "root_key_missing": N_("The key of the operation cannot be opened here. Enrol laptops where it was set up."),
    "device_codes_used_up": N_("All device codes are in use. Call the administrator."),
    "legal_ground_needed": N_("Name the legal ground of the erasure."),
    "register_closed": N_("The register was closed meanwhile. What was done until then is safe."),
    "stick_full": N_("There is no room left in {path}. Nothing was lost; delete old files there or use another stick."),
    "stick_read_only": N_("{path} cannot be written. Move the little switch on the stick, or use another one."),
    "stick_gone": N_("{path} is gone. Nothing was lost; plug the stick in again and write once more."),
    "stopped_halfway": N_("Stopped. What was taken in so far stays; the rest can be taken in at any time."),
    "no_bundles": N_("There is nothing for this program in {path}. Choose the folder that another laptop wrote to."),
    "device_revoked": N_(
        "The administrator revoked this laptop. What is registered here would not count anywhere; use another laptop."
    ),
    "device_revoked_line": N_("a laptop that was revoked wrote this line afterwards"),
    "certificate_expired": N_(
        "{name} comes from the laptop {laptop}, whose certificate ran out. Have it renewed; until then nothing is taken"
        " from it, and nothing is lost."
    ),
    "bad_limits": N_("The limits must grow from the warning to the danger, and be above zero."),
    "own_laptop": N_("This is the laptop you are sitting at. Revoke it on another one."),
    "laptop_confirmed": N_("This laptop is confirmed already."),
    "fork": N_("two different lines of the log have the same number"),
    "follows_fork": N_("the line follows one that has another in its place"),
    "other_operation": N_("this line belongs to another operation"),
    # Fields of a registration
    "not_in_list": N_("“{value}” is not in the list. Type a few letters and choose; ↓ shows the list."),
    "folder_in_use": N_("Another fieldapp window or command works on this data folder. Close it first."),
    "folder_read_only": N_("The data folder cannot be written. Check its permissions or choose another folder."),
    "database_missing": N_("There is no register in this folder. Set the laptop up first, or choose another folder."),
    "database_unreadable": N_(
        "The register's file is damaged or incomplete. Nothing was changed. Restore the last back-up."
    ),
    "database_too_new": N_("A newer version of fieldapp wrote this register. Install that version to open it."),
    "disk_full": N_("The disk is full. Nothing was lost; free some space and save again."),
    "disk_failing": N_("The disk reports an error. Make a back-up to a stick now and call the administrator."),
    "cancelled": N_("Stopped. Nothing was changed."),
    "reason_missing": N_("Give a reason."),
    "note_empty": N_("The note is empty."),
    "cut_off_unreadable": N_("{value} is not a time. Write the cut-off as 10:00, 15:00 or 20:00."),
    "not_interactive": N_("There is nobody to ask here. Set {variable} in the environment."),
    "option_missing": N_("There is nobody to ask here. Give every option that is needed; --help lists them."),
    "page_damaged": N_("a page of the register's file is damaged"),
    "envelope_malformed": N_("this line of the log cannot be read"),
    "columns_differ": N_("this line of the log is not what its envelope says"),
    "hash_differs": N_("the hash of this line is not the one stored"),
    "line_missing": N_("a line of the log before this one is missing"),
    "chain_broken": N_("this line does not follow the one before it"),
    "signature_wrong": N_("the signature of this line is wrong"),
    "payload_missing": N_("what this line says is missing, and no erasure accounts for it"),
    "payload_differs": N_("what this line says is not what was signed"),
    "fold_differs": N_("this record in the lists is not what the log says"),
    "not_in_log": N_("this record in the lists is not in the log"),
    "name_missing": N_("Write a name or a surname."),
    "birth_unreadable": N_("This is not a date. Write 14/2/1989, a year, or an age."),
    "birth_future": N_("The birth date lies in the future. Check the year."),
    "birth_too_old": N_("This would be more than 120 years ago. Check the year."),
    "focal_point_child": N_("The focal point is under 18. Check whether an adult is with them."),
    "focal_point_missing": N_("A family needs a focal point."),
    "focal_point_stays": N_("The focal point cannot leave the family. Choose another focal point first."),
    "undo_too_late": N_("This was changed again since, so it cannot be undone. Change the family once more: Ctrl+B."),
    "nobody_chosen": N_("Choose at least one member."),
    "not_their_day": N_(
        "Today is for documents that end in {known}; this one ends in {value}. Say why to let them pass."
    ),
    "not_a_token": N_("{value} is not a pre-printed slip. Scan it again, or compare each letter."),
    "token_taken": N_("{value} belongs to another family already: {known}. Take a blank one."),
    "token_count": N_("{value} slips cannot be printed at once; at most {limit}."),
    "family_withdrawn": N_("This family was withdrawn. Take that back first."),
    "need_for_protection": N_("{value} is recorded by the protection officer. Flag the person for protection instead."),
    "not_a_photo": N_("This is not a photo that can be read. Take a JPEG or PNG."),
    "photo_too_large": N_("The photo is too large to be read. Take a smaller one."),
    "photo_too_small": N_("The photo is too small to know anybody by. Take a larger one."),
    "portrait_without_consent": N_("They do not agree that their data is shared, so no photo is kept."),
    "photo_not_agreed": N_("There is a photo: say under Consent that they agree to it, or take the photo away."),
    "no_camera": N_(
        "No camera is connected. Connect one and look again, or take a picture file; all else works without."
    ),
    "camera_failed": N_(
        "The camera cannot be used: another program has it, or this one may not. Close the other and look again."
    ),
    "camera_gone": N_("The camera was unplugged. Connect it and look again."),
    "no_code_in_picture": N_("No slip and no paper was found in {name}. Take a sharper picture, straight from above."),
    "no_code_in_picture_and_no_ocr": N_(
        "No code was found in {name}. The lines of letters of a passport cannot be read on this laptop: the extra for it"
        " is not installed."
    ),
    "no_ocr": N_("Letters in pictures cannot be read on this laptop: the extra for it is not installed."),
    "portrait_too_large": N_("The photo is too large. Take it again."),
    "one_focal_point": N_("A family has exactly one focal point. Choose another relationship."),
    "group_too_large": N_("A family of {value} is too large; at most {limit} can be registered together."),
    "count_negative": N_("A count cannot be negative."),
    "unknown_code": N_("{value} is not in the list. Choose from the list."),
    "arrival_unreadable": N_("The time of arrival cannot be read."),
    "arrival_future": N_("The arrival lies in the future. Check date and time."),
    "arrival_long_ago": N_("The arrival is more than 60 days ago. Check the date."),
    "phone_pattern": N_("This does not look like a phone number. Check it."),
    "document_kind_missing": N_("Say which document this number is from: type a few letters."),
    "document_number_missing": N_("The number of the document is missing."),
    "document_pattern": N_("{value} does not look like the number of such a document. Check it."),
    # Codes, files of families, lists
    "not_a_picture": N_("{name} is not a PNG or JPEG picture and not a PDF."),
    "picture_too_large": N_("{name} is too large to be read. Take a picture of one slip only."),
    "pdf_unreadable": N_("{name} is a PDF that cannot be read: it is damaged or has a password."),
    "pdf_too_long": N_("{name} has too many pages; at most {most} are read."),
    "no_code_found": N_("No QR code was found in {name}."),
    "not_an_issuer_file": N_("{name} is not a file of issuer keys (a JWK set)."),
    "unknown_format": N_("There is no list in the format {value}. Known formats: {known}."),
    "unknown_recipient": N_("Data goes to nobody called {value}. Known are: {known}."),
    "unknown_paper": N_("There is no paper {value}. Known papers: {known}."),
    "code_taken": N_("There is a code {value} in this list already. Choose another, or change its words."),
    "code_list_closed": N_("The list {value} cannot be added to. Lists that can: {known}."),
    "too_many_codes": N_("{value} codes are too many at once; at most {limit} are taken."),
    "bad_code": N_("{value} cannot be a code. Use up to 16 letters and digits, with hyphens between them."),
    "bad_post_code": N_("{value} cannot be the code of a post. Use two to six capital letters."),
    "code_needs_words": N_("The code {value} needs words in Spanish or English, of at most {limit} letters."),
    "code_file_empty": N_("{name} names no code."),
    "code_file_unreadable": N_(
        "{name} is not a list of codes. Its first line must name the columns code, label_es and label_en. ({reason})"
    ),
    "slip_term": N_("Slips can be good for 1 to {limit} days, or without a term (0)."),
    "unknown_layout": N_("There is no layout of slips {value}. Known layouts: {known}."),
    "unknown_language": N_("The program does not speak {value}. Known languages: {known}."),
    "day_unreadable": N_("{value} is not a day. Write it as 2026-01-05."),
    "file_too_large": N_("{name} is too large: at most {most} MB are read."),
    "file_not_utf8": N_("{name} is not UTF-8 text (byte {place} is wrong)."),
    "json_unexpected": N_(
        "Line {line}, column {column}: this is not JSON. A comma, a quote or a bracket is missing or too much."
    ),
    "json_extra": N_("Line {line}, column {column}: something follows after the end."),
    "json_key_twice": N_("Line {line}, column {column}: the key {key} stands here a second time."),
    "json_too_deep": N_("Line {line}, column {column}: lists and objects are nested too deep."),
    "no_groups": N_("Line {line}: the file needs a list of families under the key groups."),
    "json_unknown_top_key": N_("Line {line}: there is no key {key}. The file has one key, groups."),
    "json_unknown_key": N_("There is no key {value}. Known keys: {limit}."),
    "no_members": N_("A family needs at least its focal point."),
    "not_an_object": N_("This must be an object in braces, not {value}."),
    "not_a_list": N_("This must be a list in brackets, not {value}."),
    "not_text": N_("This must be text in quotes, not {value}."),
    "not_true_or_false": N_("This must be true or false, not {value}."),
    "not_a_whole_number": N_("This must be a whole number from 0 to {limit}, not {value}."),
    "not_a_code": N_("There is no code {value}. Known codes: {limit}."),
    "is_missing": N_("This is missing."),
    "not_a_moment": N_("{value} is not a time. Write day and time as 2026-01-05T08:15."),
    "not_a_day": N_("{value} is not a day. Write it as 2026-01-05."),
    "not_a_birth": N_('{value} is not a birth date. Write 1989-02-14, 1989-02, 1989 or {{"age": 35}}.'),
    "complete_with_others": N_("A family with others not entered one by one is not complete."),
    # Papers in hand
    "paper_unknown": N_("This is not a paper that can be read here. Type what it says."),
    "mrz_length": N_(
        "The scan is not whole: {length} characters, where a passport has 88 and a card 90 or 72. Scan it again."
    ),
    "mrz_character": N_(
        "The scan has characters that no paper has. Set the scanner to the keyboard of this laptop and scan again."
    ),
    "mrz_check_number": N_("The document number was not read right. Scan it again, or type it."),
    "mrz_check_birth": N_("The birth date was not read right. Scan it again, or type it."),
    "mrz_check_expiry": N_("The day of expiry was not read right. Scan it again, or type what the paper says."),
    "mrz_check_optional": N_("A line of the paper was not read right. Scan it again, or type what the paper says."),
    "mrz_check_whole": N_("The lines of the paper do not fit together. Scan it again, or type what the paper says."),
    "mrz_field": N_("The country, kind or sex of the paper was not read right. Scan it again, or type it."),
    "mrz_names": N_("The names were not read right. Scan it again, or type them."),
    "mrz_birth": N_("The birth date of the paper is not a day that exists. Type what the person says."),
    "mrz_expiry": N_("The day of expiry of the paper is not a day that exists. Type what the paper says."),
    "card_unreadable": N_(
        "The code on the card came cut short or changed by the scanner. Scan it again, or type what the card says."
    ),
    "card_names_run_together": N_("The scanner ran the names together. Type the names from the card."),
    "credential_names_in_one": N_("The credential has all names in one. Move the surnames to their field."),
    "paper_is_a_visa": N_("This is a visa. Check which paper its number belongs to."),
    # Lists to compare
    "list_no_columns": N_("{file} has no column that can be compared. Name the columns in its first row: {columns}."),
    "out_is_a_list": N_("The pairs would be written over {file}. Give them a file of their own with --out."),
    "list_unreadable": N_("{file} cannot be read as a list (line {line}). Save it as CSV and try again."),
    "too_few_to_estimate": N_("There are {people} people in the register; an estimate needs at least {fewest}."),
    # What a scan of a slip answers
    "slip_valid": N_("Valid: the signature of the issuing laptop holds."),
    "slip_void": N_("Void: this slip was issued here and voided later. Look for the family's newer slip."),
    "slip_expired": N_("Expired: the signature holds, but the term of this slip is over. Issue a new one."),
    "slip_issuer_unknown": N_("Issuer not known here: whether the signature holds cannot be told."),
    "slip_issuer_unconfirmed": N_("The signature holds, but the issuing laptop is not confirmed yet."),
    "slip_issuer_revoked": N_("The signature holds, but its issuer is trusted no more. Ask the supervisor."),
    "slip_practice": N_("A practice slip: it is worth nothing."),
    "slip_altered": N_("Altered or damaged: the signature does not hold. Do not rely on what this slip says."),
    "issuer_needs_name": N_("The file says no name for the issuer. Give it one."),
    "issuer_not_found": N_("There is no such issuer on this laptop. “fieldapp issuers list” shows them."),
    "cannot_take_over": N_(
        "This family cannot be taken over: it is here already, was erased, or its slip cannot be relied on."
    ),
    "slip_not_a_slip": N_("This is not a slip of a registration."),
}
"""Messages by code, those of every room, so that they are translated in one place."""


REASONS: dict[str, str] = {
    "given_exact": N_("same given names"),
    "given_sound": N_("given names sound alike"),
    "given_order": N_("given names in another order"),
    "given_first": N_("only the first given name"),
    "given_part": N_("one of the given names is missing"),
    "given_close": N_("given names differ by a letter or two"),
    "given_some": N_("only some of the given names are the same"),
    "given_differs": N_("other given names"),
    "surnames_exact": N_("same surnames"),
    "surnames_sound": N_("surnames sound alike"),
    "surnames_order": N_("surnames in another order"),
    "surnames_first": N_("only the first surname"),
    "surnames_part": N_("one of the surnames is missing"),
    "surnames_close": N_("surnames differ by a letter or two"),
    "surnames_some": N_("only some of the surnames are the same"),
    "surnames_differs": N_("other surnames"),
    "birth_exact": N_("same birth date"),
    "birth_first_of_year": N_("same birth year, both on 1 January"),
    "birth_swapped": N_("day and month of birth are swapped"),
    "birth_one_part": N_("birth date differs in one place"),
    "birth_month_known": N_("same month and year of birth"),
    "birth_year_known": N_("same birth year, as far as it is known"),
    "birth_year": N_("same birth year, another day"),
    "birth_near_year": N_("birth year differs by one"),
    "birth_differs": N_("other birth date"),
    "birth_far": N_("birth dates many years apart"),
    "sex_same": N_("same sex"),
    "sex_differs": N_("other sex"),
    "document_exact": N_("same document"),
    "document_one_digit": N_("document differs by one digit"),
    "document_two_digits": N_("document differs by two digits"),
    "document_differs": N_("other document"),
    "phone_same": N_("same phone"),
    "phone_differs": N_("other phone"),
    "nationality_same": N_("same nationality"),
    "nationality_differs": N_("other nationality"),
    "locality_same": N_("same place"),
    "locality_differs": N_("other place"),
    "name_order": N_("names in another order"),
    "same_family": N_("members of one family"),
    "other_given_names": N_("perhaps a relative: other given names"),
    "other_surnames": N_("perhaps another person: other surnames"),
    "generation_apart": N_("perhaps parent and child: a generation apart"),
    "other_birth": N_("the birth dates do not agree"),
    "other_sex": N_("the sexes do not agree"),
    "other_document": N_("the documents do not agree"),
    "names_alone": N_("only the names speak for it"),
}
"""Why two records look alike or not, by the codes of `domain/matching`, as parts of a sentence."""


class Weakness(Protocol):
    """Why a password is refused and what would be better, as codes."""

    @property
    def code(self) -> str: ...

    @property
    def suggestions(self) -> tuple[str, ...]: ...


def weakness_words(language: Language, weakness: Weakness) -> str:
    """Return why a password is too weak and what would be better."""
    codes = (weakness.code, *weakness.suggestions)
    return " ".join(say(language, f"password_{code}") for code in dict.fromkeys(codes))


def say(language: Language, code: str, **values: object) -> str:
    """Return the message for a code in a language; a code without a message is shown with the general one."""
    if code == "hub_refused":
        code = REFUSED_BY_HUB.get(str(values.get("reason", "")), code)
    message = MESSAGES.get(code)
    if message is None:
        return f"{language.gettext(MESSAGES['problem'])} ({code})"
    return language.gettext(message, **values)


def reason_words(language: Language, codes: Iterable[str]) -> str:
    """Return why two records look alike, from codes in their order: `same document; birth date differs in one place`."""
    return "; ".join(language.gettext(REASONS[code]) if code in REASONS else code for code in codes)
