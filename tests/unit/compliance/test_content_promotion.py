"""CORE-MIX-01: what promotes, in four languages, and what only sounds like it."""

import pytest

from domain.compliance.content.promotion import first_promotion, transaction_first
from tests.unit.compliance.acme import sms, text

PROMOTES = """
Your order has shipped! Use code SAVE10 for 10% off your next order.
20% off today. Reply STOP to opt out
Flash sale this weekend only
Get $5 off when you order again
Save 30 percent on tires
Leave us a review and get a $10 gift card
Get a $10 gift card when you rate your stay
Rate your visit and get 50 points
Your package was delivered. Upgrade to Premium for faster shipping.
Receipt for $20. You may also like our new socks
Order delivered. Add fries to your next meal for only $1!
Enter to win a trip to Rome
Buy one get one free on all shoes
Refer a friend and get 20 dollars
Limited time offer: shop now
Black Friday starts now
Your code is 123456. Enjoy 10% off with Acme Plus!
Thanks for your order! Join Acme Rewards and get 10% off.
Envío confirmado. 20 % de descuento en tu próxima compra
¡Rebajas! Hasta 50% en toda la tienda
Oferta especial solo para ti
Compra ahora y ahorra 10€
Votre commande est expédiée. 20 % de réduction sur votre prochaine commande
Soldes : jusqu'à 50 % sur tout
Votre code promo : ETE20
Gagnez un voyage à Rome
Ihre Bestellung wurde versandt. 20 % Rabatt auf Ihre nächste Bestellung
Ihre Bestellung wurde versandt. Fuer Ihre naechste Bestellung: 5 EUR Rabatt
Nur für kurze Zeit: Sonderangebote im Shop
Bewerten Sie uns und erhalten Sie einen Gutschein
Gewinnspiel: jetzt mitmachen
""".strip().splitlines()
INFORMS = """
Your order has shipped. Track it: https://acme.example/sale/20-off
Payment of $20 received. Thank you.
Use the free of charge return label in your parcel.
Your code is 123456. It expires in 10 minutes. Never share it.
Use code 481516 to sign in to Acme
Your subscription renews on 3 March for $9.99.
Receipt: subtotal $30, discount -$5.00, total $25
Promo code SAVE10 applied. Total: $18.
Your free trial ends tomorrow. You will be charged $9.99.
The job offer letter is ready to sign.
You have been unsubscribed from Acme and will no longer receive offers, promotions or discounts.
Your parcel is in customs clearance. Sales tax of $2.10 included.
Your flight just landed. Welcome to Boston.
Your link is valid for a limited time.
How did we do? Rate your visit: https://acme.example/r
Please review your order: we received $20 but the total is $25
Your order now ships on Friday
Our team deals with your request within 2 days.
Last chance to confirm your appointment
Interest rate change: your APR will increase by 2% on Jan 1.
Tu pedido sale hoy del almacén
Su factura de 20 € está disponible
Votre solde est de 20 €.
La remise de votre colis est prévue demain.
Ihr Angebot Nr. 123 liegt bei.
20 € wurden auf Ihre Karte zurückgebucht.
Ihr Paket kommt heute zwischen 10 und 12 Uhr
Wir schreiben Ihnen, sobald Ihre Bewertung gelesen wurde.
""".strip().splitlines()


@pytest.mark.parametrize("words", PROMOTES)
def test_an_offer_is_found_wherever_it_stands(words):
    assert first_promotion(text(words))


@pytest.mark.parametrize("words", INFORMS)
def test_what_informs_does_not_promote(words):
    assert first_promotion(text(words)) is None


def test_an_offer_beside_a_receipt_is_still_an_offer():
    assert first_promotion(text("Discount applied: $5.00. Save 20% on your next order!"))


def test_a_gift_that_has_nothing_to_do_with_the_opinion_is_no_reward():
    assert (
        first_promotion(
            text(
                "Rate your visit. "
                + "Our office moved to 12 Main St last month. " * 4
                + "Keep the gift card you bought."
            )
        )
        is None
    )


def test_the_name_of_a_program_is_no_offer():
    assert not sms("Acme Ltd: reply YES to confirm Weekly offers.", "doi_request").contains_promotion
    assert sms("Acme Ltd: reply YES to confirm Weekly offers. 10% off today", "doi_request").contains_promotion


def test_an_order_followed_by_an_offer_comes_first():
    assert transaction_first([text("Your order has shipped. Save 20% on socks.")])
    assert not transaction_first([text("Save 20% on socks. Your order has shipped.")])


def test_without_an_offer_nothing_comes_before_the_order():
    assert transaction_first([text("Hello Pat")])
