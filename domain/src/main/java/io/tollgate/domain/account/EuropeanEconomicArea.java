package io.tollgate.domain.account;

import java.util.Set;

/**
 * The countries in which a consumer may withdraw from a purchase within 14 days: Directive
 * 2011/83/EU, Article 9, in force in the whole European Economic Area.
 *
 * <p>Source: the Agreement on the European Economic Area (OJ L 1, 3.1.1994, p. 3) as enlarged: the
 * 27 member states of the Union since 2020, with Iceland, Liechtenstein and Norway. Codes are those
 * of ISO 3166-1 alpha-2, by which Greece is GR.
 */
final class EuropeanEconomicArea {

  private static final Set<String> COUNTRIES =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
          "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK");

  private EuropeanEconomicArea() {}

  static boolean contains(String country) {
    return COUNTRIES.contains(country);
  }
}
