"""The messages about printers and paper, a part of `words.MESSAGES`: what happened, then what to do."""

from fieldapp.i18n import N_

PRINTING: dict[str, str] = {
    # Receipt printers
    "receipt_printer_address": N_(
        "{value} is no address of a receipt printer. Examples: file:/dev/usb/lp0, network:192.168.1.50, usb:04b8:0e15."
    ),
    "receipt_printer_missing": N_(
        "The part of the program that speaks to receipt printers is not installed (thermal)."
    ),
    "receipt_printer_layout": N_("A receipt printer needs slips for a roll. Choose a roll of 80 or 58 mm in Settings."),
    "receipt_printer_failed": N_("The receipt printer did not take the slip: {reason}. Check paper, cable and power."),
    "receipt_printer_no_paper": N_("The receipt printer has no paper. Put in a roll and print again."),
    # Printing
    "no_printer": N_("There is no printer. Connect one and switch it on, or save as a PDF."),
    "print_declined": N_("No printer was chosen. Print again and choose one, or save as a PDF."),
    "print_not_drawn": N_("The printer {printer} took nothing. Check cable and power, or choose another in Settings."),
    "print_not_taken": N_("The printer {printer} takes no jobs. Its queue must be opened again, or choose another."),
    "print_gone": N_("The printer {printer} is no longer there. Connect it, or choose another in Settings."),
    "print_stopped": N_("The printer {printer} is stopped. Start it again in the system, or choose another."),
    "print_held": N_("The printer {printer} holds pages back instead of printing them. Choose another."),
    "print_cancelled": N_("Somebody cancelled the page at the printer {printer}."),
    "print_aborted": N_("The printer {printer} gave the page up. Check that paper and driver fit, then print again."),
    "print_no_answer": N_("The printer {printer} does not answer. Check cable and power."),
    "print_no_paper": N_("The printer {printer} has no paper."),
    "print_wrong_paper": N_(
        "The printer {printer} asks for other paper than it holds. Put in the paper of the layout."
    ),
    "print_jam": N_("Paper is jammed in the printer {printer}."),
    "print_open": N_("The printer {printer} stands open. Close its cover and trays."),
    "print_full": N_("The tray where paper comes out of the printer {printer} is full."),
    "print_ink": N_("The printer {printer} has no ink or toner."),
    "print_offline": N_("The printer {printer} cannot be reached. Check cable and power."),
}
